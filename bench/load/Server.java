package load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A running peer: a process, and those that it started. */
public final class Server implements AutoCloseable {

    private final Peer peer;
    private final Ports ports;
    private final Process process;

    private Server(Peer peer, Ports ports, Process process) {
        this.peer = peer;
        this.ports = ports;
        this.process = process;
    }

    /** Starts it without waiting. */
    static Server launch(Peer peer, Setting setting) throws IOException {
        Ports ports = Ports.free();
        List<String> command = peer.command(ports, setting);
        if (peer.mebibytes() > 0) {
            command = MemoryLimit.on(peer.mebibytes(), command);
        }
        Path log = setting.work().resolve(peer.name().toLowerCase(Locale.ROOT) + ".log");
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .directory(peer.folder(setting).toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile());
        builder.environment().put("XDG_CONFIG_HOME", setting.work().toString()); // Caddy's
        builder.environment().put("XDG_DATA_HOME", setting.work().toString());
        Process process = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy)); // Ctrl-C ends it too
        return new Server(peer, ports, process);
    }

    Peer peer() {
        return peer;
    }

    int httpPort() {
        return ports.http();
    }

    int httpsPort() {
        return ports.https();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    String https(String path) {
        return "https://127.0.0.1:" + ports.https() + path;
    }

    String http(String path) {
        return "http://127.0.0.1:" + ports.http() + path;
    }

    /** Waits until the port answers. */
    void await() throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
        while (!answers()) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                throw new IllegalStateException(peer + " did not start: see its log");
            }
            Thread.sleep(5);
        }
    }

    private boolean answers() {
        return peer == Peer.HAPROXY || peer == Peer.BARE_TOMCAT
                ? Visit.plain(httpPort())
                : Visit.tls(httpsPort());
    }

    /** CPU time that it has used so far, in microseconds. */
    long cpuMicros() throws IOException {
        long micros = 0;
        for (ProcessHandle handle : handles()) {
            micros += CpuTime.of(handle.pid()).micros();
        }
        return micros;
    }

    /** That of the process itself, by part where it is a JVM. */
    CpuTime cpuTime() throws IOException {
        return CpuTime.of(process.pid());
    }

    void jcmd(String... command) throws IOException, InterruptedException {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        Load.output(
                Stream.concat(Stream.of(jcmd.toString(), "" + process.pid()), Stream.of(command))
                        .toList());
    }

    /** Resident memory, in kilobytes; what processes share counts once. */
    long residentKilobytes() throws IOException {
        long total = 0;
        for (ProcessHandle handle : handles()) {
            for (String line :
                    Files.readAllLines(Path.of("/proc/" + handle.pid() + "/smaps_rollup"))) {
                if (line.startsWith("Pss:")) {
                    total += Long.parseLong(line.replaceAll("\\D", ""));
                }
            }
        }
        return total;
    }

    private List<ProcessHandle> handles() {
        return Stream.concat(Stream.of(process.toHandle()), process.descendants()).toList();
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(40, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
