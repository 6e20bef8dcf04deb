package dev.gatehouse.testing;

import dev.gatehouse.GatehouseApplication;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/** The application in a process of its own: for what only a process can show. */
public final class GatehouseProcess implements AutoCloseable {

    private static final Pattern STARTED =
            Pattern.compile("Tomcat started on ports (\\d+) \\(https\\), (\\d+) \\(http\\)");
    private static final long LONGEST_WAIT_SECONDS = 60;

    private final Process process;
    private final Path log;

    private GatehouseProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** Starts the given main class with arguments, behind a command such as {@code setpriv}. */
    public static GatehouseProcess start(
            Path folder, List<String> prefix, Class<?> main, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>(prefix);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(main.getName());
        command.addAll(Arrays.asList(arguments));
        Path log = Files.createTempFile(folder, "gatehouse", ".log");
        return new GatehouseProcess(
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start(),
                log);
    }

    public static GatehouseProcess start(Path folder, String... arguments) throws IOException {
        return start(folder, List.of(), GatehouseApplication.class, arguments);
    }

    public int httpsPort() {
        return Integer.parseInt(started().group(1));
    }

    public int httpPort() {
        return Integer.parseInt(started().group(2));
    }

    private Matcher started() {
        Awaitility.await()
                .atMost(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS)
                .until(() -> STARTED.matcher(log()).find());
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
            throw new IllegalStateException(ex);
        }
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
