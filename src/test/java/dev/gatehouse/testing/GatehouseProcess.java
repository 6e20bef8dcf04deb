package dev.gatehouse.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.GatehouseApplication;
import dev.gatehouse.connector.ConnectorName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** The application in a process of its own: for what only a process can show or have done to it. */
public final class GatehouseProcess implements AutoCloseable {

    private static final Pattern STARTED =
            Pattern.compile("Tomcat started on ports (\\d+) \\(https\\), (\\d+) \\(http\\)");

    private static final List<String> HEAP = List.of("-Xmx512m");
    private static final String DEPLOYED_FLAGS = "@src/packaging/jvm.options";

    private static final List<String> DEFAULTS = List.of("server.port=0", "gatehouse.http.port=0");

    /** On a machine that does much else at the same time; a start takes some seconds else. */
    private static final long LONGEST_WAIT_SECONDS = 180;

    private final Process process;
    private final Path log;

    private GatehouseProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** Starts with properties, each as {@code name=value}, on any two free ports without others. */
    public static GatehouseProcess start(Path folder, String... properties) throws IOException {
        return start(folder, List.of(), GatehouseApplication.class, properties);
    }

    /** With the flags that it is deployed with, and the heap that they give it in 256 MiB. */
    public static GatehouseProcess startAsInContainer(Path folder, String... properties)
            throws IOException {
        return startAsInContainer(folder, "256m", GatehouseApplication.class, properties);
    }

    /** With that main class, and the heap that a container of that memory has. */
    public static GatehouseProcess startAsInContainer(
            Path folder, String memory, Class<?> main, String... properties) throws IOException {
        return start(
                folder,
                List.of(),
                List.of(DEPLOYED_FLAGS, "-XX:MaxRAM=" + memory),
                main,
                properties);
    }

    /** With that main class, behind a command such as {@code setpriv}. */
    public static GatehouseProcess start(
            Path folder, List<String> prefix, Class<?> main, String... properties)
            throws IOException {
        return start(folder, prefix, HEAP, main, properties);
    }

    private static GatehouseProcess start(
            Path folder,
            List<String> prefix,
            List<String> flags,
            Class<?> main,
            String... properties)
            throws IOException {
        List<String> command = new ArrayList<>(prefix);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.add(main.getName());
        return start(folder, command, properties);
    }

    /** By the launcher of a distribution, with the Java runtime beside it. */
    public static GatehouseProcess startByLauncher(Path folder, Path launcher, String... properties)
            throws IOException {
        return start(folder, List.of("env", "-u", "JAVA_HOME", launcher.toString()), properties);
    }

    private static GatehouseProcess start(Path folder, List<String> command, String... properties)
            throws IOException {
        Map<String, String> byName = new LinkedHashMap<>();
        Stream.concat(DEFAULTS.stream(), Stream.of(properties))
                .forEach(p -> byName.put(p.substring(0, p.indexOf('=')), "--" + p));
        Path log = Files.createTempFile(folder, "gatehouse", ".log");
        return new GatehouseProcess(
                new ProcessBuilder(
                                Stream.concat(command.stream(), byName.values().stream()).toList())
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start(),
                log);
    }

    /** Waits until it serves, and returns where. */
    public int port(ConnectorName connector) {
        return Integer.parseInt(started().group(connector == ConnectorName.HTTPS ? 1 : 2));
    }

    private Matcher started() {
        Awaitility.await()
                .atMost(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS)
                .until(() -> STARTED.matcher(log()).find() || !process.isAlive());
        Matcher matcher = STARTED.matcher(log());
        if (!matcher.find()) {
            throw new IllegalStateException(log());
        }
        return matcher;
    }

    /** What it has printed so far. */
    public String log() {
        try {
            return Files.readString(log);
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
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

    /** Sends SIGTERM. */
    public void terminate() {
        process.destroy();
    }

    /** Waits for its end, and returns the exit code. */
    public int exitCode() throws InterruptedException {
        if (!process.waitFor(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("Still running: " + log());
        }
        return process.exitValue();
    }

    public long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
