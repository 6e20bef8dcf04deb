package load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A running peer: a process, and those that it started. */
public final class Server implements AutoCloseable {

    private static final long TICK_MICROS = 10_000; // USER_HZ is 100 on every Linux

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
        if (peer.isLimited()) {
            command = MemoryLimit.on(command);
        }
        Path log = setting.work().resolve(peer.name().toLowerCase() + ".log");
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .directory(peer.folder(setting).toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile());
        builder.environment().put("XDG_CONFIG_HOME", setting.work().toString()); // Caddy's
        builder.environment().put("XDG_DATA_HOME", setting.work().toString());
        return new Server(peer, ports, builder.start());
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
        long ticks = 0;
        for (ProcessHandle handle : handles()) {
            String stat = Files.readString(Path.of("/proc/" + handle.pid() + "/stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            ticks += Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
        }
        return ticks * TICK_MICROS;
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
