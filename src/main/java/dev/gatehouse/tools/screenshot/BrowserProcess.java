package dev.gatehouse.tools.screenshot;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A Chromium on this machine, with a profile of its own that is deleted with it. It ends with the
 * server, even if that is killed: its pipe ends, and the kernel kills it where there is setpriv, so
 * that the thread that starts it has to live as long.
 */
final class BrowserProcess implements AutoCloseable {

    private static final int PAGE = 4096;
    private static final int LONGEST_MESSAGE = 2000;
    private static final long MESSAGES_MILLIS = 5000;

    private final Process process;
    private final Path profile;
    private final Thread errors;
    private final StringBuilder messages = new StringBuilder();

    private BrowserProcess(Process process, Path profile) {
        this.process = process;
        this.profile = profile;
        this.errors = Thread.ofPlatform().daemon().name("browser-errors").start(this::readErrors);
    }

    static BrowserProcess start(BrowserCommand command, String proxy) throws IOException {
        Path profile = ProfileDirectory.create();
        ProcessBuilder builder = new ProcessBuilder(command.line(profile, proxy));
        Map<String, String> environment = builder.environment();
        String path = environment.getOrDefault("PATH", "/usr/bin:/bin");
        environment.clear(); // the server's may hold secrets
        environment.putAll(
                Map.of(
                        "PATH",
                        path,
                        "LANG",
                        "C.UTF-8",
                        "TZ",
                        "UTC",
                        "HOME",
                        profile.toString(),
                        "TMPDIR",
                        profile.toString()));
        builder.directory(profile.toFile());
        try {
            return new BrowserProcess(builder.start(), profile);
        } catch (IOException ex) {
            ProfileDirectory.delete(profile);
            throw ex;
        }
    }

    DevToolsTransport transport() {
        return new PipeTransport(process.getInputStream(), process.getOutputStream());
    }

    private void readErrors() {
        try (InputStream errors = process.getErrorStream()) {
            byte[] buffer = new byte[4096];
            for (int count = errors.read(buffer); count >= 0; count = errors.read(buffer)) {
                append(new String(buffer, 0, count, StandardCharsets.UTF_8));
            }
        } catch (IOException _) {
            // it has ended
        }
    }

    private void append(String text) {
        synchronized (messages) {
            if (messages.length() < LONGEST_MESSAGE) {
                messages.append(
                        text, 0, Math.min(text.length(), LONGEST_MESSAGE - messages.length()));
            }
        }
    }

    /** What it wrote to its standard error when it began; once it has ended, all of that. */
    String messages() throws InterruptedException {
        errors.join(MESSAGES_MILLIS);
        synchronized (messages) {
            return messages.toString();
        }
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /**
     * Memory in bytes of all its processes: what each has of its own, and the largest part that is
     * shared, once.
     */
    long memory() {
        long own = 0;
        long shared = 0;
        for (ProcessHandle handle : all()) {
            long[] pages = pages(handle.pid());
            own += (pages[0] - pages[1]) * PAGE;
            shared = Math.max(shared, pages[1] * PAGE);
        }
        return own + shared;
    }

    /** Resident pages, and how many of them are shared. */
    private static long[] pages(long pid) {
        try {
            String[] fields = Files.readString(Path.of("/proc/" + pid + "/statm")).split(" ", 4);
            return new long[] {Long.parseLong(fields[1]), Long.parseLong(fields[2])};
        } catch (IOException | RuntimeException _) {
            return new long[] {0, 0};
        }
    }

    private List<ProcessHandle> all() {
        return Stream.concat(Stream.of(process.toHandle()), process.descendants()).toList();
    }

    /** Kills it with all its processes. */
    void kill() {
        List<ProcessHandle> all = all();
        process.destroyForcibly();
        all.forEach(ProcessHandle::destroyForcibly);
    }

    /** Kills it and deletes its profile. It has nothing to save. */
    @Override
    public void close() {
        kill();
        try {
            process.waitFor(5, TimeUnit.SECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        ProfileDirectory.delete(profile);
    }
}
