package load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The 256 MiB of a small container: a memory cgroup where we may make one, as root; elsewhere the
 * JVM is told to believe that the machine has no more.
 */
final class MemoryLimit {

    private static final String BYTES = "268435456";
    private static final Path V1 = Path.of("/sys/fs/cgroup/memory");
    private static final Path V2 = Path.of("/sys/fs/cgroup");

    private MemoryLimit() {}

    static List<String> on(List<String> command) {
        try {
            if (Files.isDirectory(V1)) {
                return inside(group(V1, "memory.limit_in_bytes"), command);
            }
            if (Files.exists(V2.resolve("cgroup.controllers"))) {
                return inside(group(V2, "memory.max"), command);
            }
        } catch (IOException _) {
            // not root
        }
        List<String> limited = new ArrayList<>(command);
        limited.add(1, "-XX:MaxRAM=" + BYTES);
        return limited;
    }

    private static Path group(Path root, String limit) throws IOException {
        Path group = Files.createTempDirectory(root, "gatehouse-bench");
        Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(group)));
        Files.writeString(group.resolve(limit), BYTES);
        return group;
    }

    private static void remove(Path group) {
        try {
            Files.delete(group);
        } catch (IOException ex) {
            System.err.println("bench: " + group + " is left behind: " + ex);
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
