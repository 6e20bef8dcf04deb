package dev.gatehouse.load;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.GatehouseApplication;
import dev.gatehouse.connector.ConnectorName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The application in a process of its own, for what is done to a process from outside. */
public final class ServerProcess implements AutoCloseable {

    private static final Pattern STARTED =
            Pattern.compile("Tomcat started on ports (\\d+) \\(https\\), (\\d+) \\(http\\)");

    private final Process process;
    private final Path log;

    private ServerProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /**
     * Starts on any two free ports, and waits until it serves.
     *
     * @param prefix a command that runs the one given to it, such as {@code prlimit --nofile=200}
     */
    public static ServerProcess start(Path folder, List<String> prefix, String... properties)
            throws IOException {
        return start(folder, prefix, GatehouseApplication.class, properties);
    }

    /** With another main class, that starts Gatehouse and more. */
    public static ServerProcess start(
            Path folder, List<String> prefix, Class<?> main, String... properties)
            throws IOException {
        List<String> command = new ArrayList<>(prefix);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx512m", "-cp", System.getProperty("java.class.path")));
        command.add(main.getName());
        command.addAll(List.of("--server.port=0", "--gatehouse.http.port=0"));
        for (String property : properties) {
            command.add("--" + property);
        }
        Path log = folder.resolve("gatehouse.log");
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        ServerProcess started = new ServerProcess(process, log);
        await().atMost(Duration.ofMinutes(1)).until(() -> started.ports().find());
        return started;
    }

    public int port(ConnectorName connector) {
        Matcher ports = ports();
        if (!ports.find()) {
            throw new IllegalStateException("Not started: " + log());
        }
        return Integer.parseInt(ports.group(connector == ConnectorName.HTTPS ? 1 : 2));
    }

    private Matcher ports() {
        return STARTED.matcher(log());
    }

    /** What it has written so far. */
    public String log() {
        try {
            return Files.readString(log);
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    public long pid() {
        return process.pid();
    }

    /** Writes a line to its standard input. */
    public void tell(String line) throws IOException {
        process.getOutputStream().write((line + "\n").getBytes(UTF_8));
        process.getOutputStream().flush();
    }

    /** Sends a signal, such as {@code STOP}. */
    public void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(pid())).start().waitFor();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
