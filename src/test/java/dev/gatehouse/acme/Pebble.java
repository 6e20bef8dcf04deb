package dev.gatehouse.acme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gatehouse.testing.FreePort;
import dev.gatehouse.testing.RawHttp;
import dev.gatehouse.testing.TestCertificate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * Let's Encrypt's test server, with a name server beside it that leads every name to this machine.
 * It validates over plain HTTP on a port that is given, refuses 5 % of all good nonces, and forgets
 * everything when it ends.
 */
final class Pebble implements AutoCloseable {

    /** A MAC key that it knows by the identifier {@code kid-1}. */
    static final String EAB_KEY =
            "zWNDZM6eQGHWpSRTPal5eIUYFTu7EajVIoguysqZ9wG44nMEtx3MUAsUDkMTQ12W";

    private final Path folder;
    private final int httpPort;
    private final Map<String, String> environment = new HashMap<>();
    private final List<Process> processes = new ArrayList<>();
    private final TestCertificate certificate = TestCertificate.forNames("localhost");
    private final int port = FreePort.next();
    private final int managementPort = FreePort.next();
    private final int dnsPort = FreePort.next();
    private final int dnsManagementPort = FreePort.next();

    private Pebble(Path folder, int httpPort) {
        this.folder = folder;
        this.httpPort = httpPort;
    }

    /** Starts it, or skips the test where it is not installed. */
    static Pebble start(Path folder, int httpPort, Duration life) {
        return start(folder, httpPort, life, Map.of());
    }

    /** As above, with variables of its environment, which choose how it behaves. */
    static Pebble start(Path folder, int httpPort, Duration life, Map<String, String> environment) {
        assumeInstalled();
        try {
            Pebble pebble = new Pebble(Files.createTempDirectory(folder, "pebble"), httpPort);
            pebble.environment.put("PEBBLE_VA_NOSLEEP", "1");
            pebble.environment.putAll(environment);
            pebble.run(life);
            return pebble;
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    static void assumeInstalled() {
        for (String program : List.of("pebble", "pebble-challtestsrv")) {
            assumeTrue(
                    Stream.of(System.getenv("PATH").split(":"))
                            .anyMatch(bin -> Files.isExecutable(Path.of(bin, program))),
                    program + " is not installed: apt-get install pebble");
        }
    }

    private void run(Duration life) throws IOException {
        certificate.writeTo(folder);
        Files.writeString(
                folder.resolve("pebble.json"),
                """
                {"pebble": {"listenAddress": "127.0.0.1:%d",
                  "managementListenAddress": "127.0.0.1:%d",
                  "certificate": "%s/tls.crt", "privateKey": "%s/tls.key",
                  "httpPort": %d, "tlsPort": 1, "ocspResponderURL": "",
                  "externalAccountBindingRequired": %s,
                  "externalAccountMACKeys": {"kid-1": "%s"},
                  "certificateValidityPeriod": %d}}
                """
                        .formatted(
                                port,
                                managementPort,
                                folder,
                                folder,
                                httpPort,
                                environment.containsKey("EAB"),
                                EAB_KEY,
                                life.toSeconds()));
        launch(
                "pebble-challtestsrv",
                "-defaultIPv6",
                "",
                "-dns01",
                "127.0.0.1:" + dnsPort,
                "-http01",
                "",
                "-https01",
                "",
                "-tlsalpn01",
                "",
                "-management",
                "127.0.0.1:" + dnsManagementPort);
        launch(
                "pebble",
                "-config",
                folder.resolve("pebble.json").toString(),
                "-dnsserver",
                "127.0.0.1:" + dnsPort);
        awaitListening(port);
        awaitListening(dnsPort);
    }

    private void launch(String... command) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(
                                ProcessBuilder.Redirect.appendTo(
                                        folder.resolve(command[0] + ".log").toFile()));
        builder.environment().putAll(environment);
        processes.add(builder.start());
    }

    private static void awaitListening(int port) {
        Awaitility.await()
                .pollInterval(Duration.ofMillis(20))
                .ignoreExceptions()
                .until(
                        () -> {
                            new Socket(InetAddress.getLoopbackAddress(), port).close();
                            return true;
                        });
    }

    int port() {
        return port;
    }

    String directory() {
        return "https://localhost:" + port + "/dir";
    }

    /** The certificate that it serves, for {@code gatehouse.acme.trusted-ca}. */
    Path trustedCa() {
        return folder.resolve("tls.crt");
    }

    /** The root of the certificates that it issues, in PEM form. */
    String root() {
        return root(0);
    }

    /** That of its chain of that number. */
    String root(int chain) {
        return RawHttp.tls(managementPort, RawHttp.request("GET /roots/" + chain + " HTTP/1.0"))
                .body();
    }

    String log() {
        try {
            return Files.readString(folder.resolve("pebble.log"));
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    @Override
    public void close() {
        processes.forEach(Process::destroyForcibly);
        for (Process process : processes) {
            try {
                assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
