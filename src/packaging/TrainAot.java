import aot.Failure;
import aot.GatehouseFolder;
import aot.PemFiles;
import aot.TrainingRequests;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Makes Gatehouse start fast: lays the jar out in a folder, and trains an AOT cache (JEP 483, 514,
 * 515) beside it with real requests on both connectors. Needs a JDK and nothing else.
 *
 * <pre>java src/packaging/TrainAot.java target/gatehouse.jar target/gatehouse</pre>
 *
 * The folder then has {@code gatehouse.jar}, {@code lib/}, {@code jvm.options} and {@code
 * gatehouse.aot}, and in it {@code java @jvm.options -jar gatehouse.jar} starts from the cache. It
 * is good for this very JDK, these flags, and these jars with their modification times: copy the
 * folder with them. A cache that does not fit is passed over without a word, so the last step here
 * is a start that must use it.
 */
public class TrainAot {

    private static final Duration LONGEST_START = Duration.ofMinutes(3);

    /** Enough for the hot methods to have been compiled and profiled. */
    private static final int ROUNDS = 100;

    public static void main(String[] arguments) throws Exception {
        try {
            run(arguments);
        } catch (Failure failure) {
            System.err.println("TrainAot: " + failure.getMessage());
            System.exit(1);
        }
    }

    private static void run(String[] arguments) throws Exception {
        if (arguments.length != 2) {
            throw new Failure(
                    "Usage: java src/packaging/TrainAot.java GATEHOUSE_JAR TARGET_FOLDER");
        }
        System.setProperty("jdk.httpclient.allowRestrictedHeaders", "host");
        GatehouseFolder folder = new GatehouseFolder(Path.of(arguments[1]).toAbsolutePath());
        folder.extract(Path.of(arguments[0]).toAbsolutePath(), jvmOptions());
        train(folder);
        folder.useCache();
        folder.prove();
        System.out.printf("%s: %d MB%n", folder.cache(), Files.size(folder.cache()) >> 20);
    }

    /** Beside this source. */
    private static Path jvmOptions() {
        return Path.of(System.getProperty("jdk.launcher.sourcefile", "src/packaging/TrainAot.java"))
                .resolveSibling("jvm.options");
    }

    private static void train(GatehouseFolder folder) throws Exception {
        int https = freePort();
        int http = freePort();
        String password = UUID.randomUUID().toString();
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                "--server.address=127.0.0.1",
                                "--server.port=" + https,
                                "--gatehouse.http.port=" + http,
                                "--spring.security.user.name=" + TrainingRequests.USER,
                                "--spring.security.user.password=" + password));
        try (PemFiles certificate = PemFiles.make()) {
            arguments.addAll(certificate.properties());
            Process server = folder.startTraining(arguments);
            try {
                awaitPort(server, https);
                TrainingRequests requests = new TrainingRequests(https, http, password);
                for (int round = 0; round < ROUNDS; round++) {
                    requests.send();
                }
            } finally {
                server.destroy(); // SIGTERM: the cache is written on the way out
            }
            folder.awaitCache(server);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return socket.getLocalPort();
        }
    }

    private static void awaitPort(Process server, int port) throws InterruptedException {
        long deadline = System.nanoTime() + LONGEST_START.toNanos();
        while (server.isAlive() && System.nanoTime() < deadline) {
            try (Socket _ = new Socket("127.0.0.1", port)) {
                return;
            } catch (IOException _) {
                Thread.sleep(100);
            }
        }
        throw new Failure("Gatehouse does not listen on port " + port);
    }
}
