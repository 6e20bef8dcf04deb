package load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The memory of a container: a memory cgroup where we may make one, as root; elsewhere the JVM is
 * told to believe that the machine has no more.
 */
public final class MemoryLimit {

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(40);
    private static final Path V1 = Path.of("/sys/fs/cgroup/memory");
    private static final Path V2 = Path.of("/sys/fs/cgroup");

    private MemoryLimit() {}

    /** The command within that memory. */
    public static List<String> on(int mebibytes, List<String> command) {
        String bytes = "" + ((long) mebibytes << 20);
        try {
            if (Files.isDirectory(V1)) {
                return inside(group(V1, "memory.limit_in_bytes", bytes), command);
            }
            if (Files.exists(V2.resolve("cgroup.controllers"))) {
                return inside(group(V2, "memory.max", bytes), command);
            }
        } catch (IOException _) {
            // not root
        }
        List<String> limited = new ArrayList<>(command);
        limited.add(1, "-XX:MaxRAM=" + bytes);
        return limited;
    }

    /** How a server's memory is limited on this machine. */
    public static String kind() {
        if (Files.isWritable(V1)) {
            return "memory cgroup v1";
        }
        return Files.isWritable(V2) && Files.exists(V2.resolve("cgroup.controllers"))
                ? "memory cgroup v2"
                : "-XX:MaxRAM";
    }

    private static Path group(Path root, String limit, String bytes) throws IOException {
        Path group = Files.createTempDirectory(root, "gatehouse-bench");
        Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(group)));
        Files.writeString(group.resolve(limit), bytes);
        return group;
    }

    /** Once the server in it has ended, which it may still be about to. */
    private static void remove(Path group) {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (!group.toFile().delete()) {
            if (System.nanoTime() > deadline) {
                System.err.println("bench: " + group + " is left behind");
                return;
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
    }

    private static List<String> inside(Path group, List<String> command) {
        List<String> shell = new ArrayList<>(List.of("sh", "-c"));
        shell.add("echo $$ > " + group.resolve("cgroup.procs") + " && exec \"$@\"");
        shell.add("limited");
        shell.addAll(command);
        return shell;
    }
}
