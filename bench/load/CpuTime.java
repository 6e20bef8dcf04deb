package load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a process has used so far, in ticks of the kernel.
 *
 * @param parts of it that threads of the JVM's own have used
 */
record CpuTime(long user, long kernel, Map<Part, Long> parts) {

    private static final long TICK_MICROS = 10_000; // USER_HZ is 100 on every Linux

    static CpuTime of(long pid) throws IOException {
        List<String> process = fields(Path.of("/proc/" + pid + "/stat"));
        Map<Part, Long> parts = new EnumMap<>(Part.class);
        try (Stream<Path> threads = Files.list(Path.of("/proc/" + pid + "/task"))) {
            for (Path thread : threads.toList()) {
                add(thread, parts);
            }
        }
        return new CpuTime(user(process), kernel(process), parts);
    }

    private static void add(Path thread, Map<Part, Long> parts) throws IOException {
        try {
            Optional<Part> part = Part.ofThread(Files.readString(thread.resolve("comm")));
            if (part.isPresent()) {
                List<String> fields = fields(thread.resolve("stat"));
                parts.merge(part.get(), user(fields) + kernel(fields), Long::sum);
            }
        } catch (NoSuchFileException _) {
            // It has just ended.
        }
    }

    private static List<String> fields(Path stat) throws IOException {
        String line = Files.readString(stat);
        return List.of(line.substring(line.lastIndexOf(')') + 2).split(" "));
    }

    private static long user(List<String> fields) {
        return Long.parseLong(fields.get(11));
    }

    private static long kernel(List<String> fields) {
        return Long.parseLong(fields.get(12));
    }

    CpuTime since(CpuTime before) {
        Map<Part, Long> used = new EnumMap<>(Part.class);
        parts.forEach(
                (part, ticks) ->
                        used.put(part, Math.max(0, ticks - before.parts.getOrDefault(part, 0L))));
        return new CpuTime(user - before.user, kernel - before.kernel, used);
    }

    long micros() {
        return (user + kernel) * TICK_MICROS;
    }

    double kernelShare() {
        return (double) kernel / (user + kernel);
    }

    double share(Part part) {
        return (double) parts.getOrDefault(part, 0L) / (user + kernel);
    }
}
