package load;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedStackTrace;
import jdk.jfr.consumer.RecordingFile;

/**
 * Where a server's CPU went under a row's load, by a flight recording of CPU-time samples (JEP
 * 509), which sees native code and the kernel below it too.
 *
 * @param micros of CPU a request
 * @param kernel the kernel's share of it
 * @param shares of the parts, of which all together are 1
 */
record Profile(double micros, double kernel, Map<Part, Double> shares) {

    static Profile of(Row row, Server server, Setting setting) throws Exception {
        Path recording = setting.work().resolve(row + "-" + server.peer() + ".jfr");
        row.load(server, setting.warmUp());
        server.jcmd(
                "JFR.start",
                "name=bench",
                "settings=none",
                "+jdk.CPUTimeSample#enabled=true",
                "+jdk.CPUTimeSample#throttle=10ms");
        CpuTime before = server.cpuTime();
        Load load = row.load(server, setting.seconds());
        CpuTime used = server.cpuTime().since(before);
        server.jcmd("JFR.stop", "name=bench", "filename=" + recording);
        return new Profile(
                (double) used.micros() / load.requests(),
                used.kernelShare(),
                shares(used, recording));
    }

    /** Threads that run no Java are not sampled: their share is the kernel's count. */
    private static Map<Part, Double> shares(CpuTime used, Path recording) throws IOException {
        Map<Part, Double> shares = new EnumMap<>(Part.class);
        double sampled = 1;
        for (Part part : Part.ofThreads()) {
            shares.put(part, used.share(part));
            sampled -= used.share(part);
        }
        Map<Part, Integer> samples = samples(recording);
        double each = sampled / samples.values().stream().mapToInt(Integer::intValue).sum();
        samples.forEach((part, count) -> shares.put(part, count * each));
        return shares;
    }

    double of(Part part) {
        return shares.getOrDefault(part, 0.0) * micros;
    }

    private static Map<Part, Integer> samples(Path recording) throws IOException {
        Map<Part, Integer> samples = new EnumMap<>(Part.class);
        try (RecordingFile events = new RecordingFile(recording)) {
            while (events.hasMoreEvents()) {
                RecordedEvent event = events.readEvent();
                if (event.getEventType().getName().equals("jdk.CPUTimeSample")) {
                    RecordedStackTrace stack = event.getStackTrace();
                    Part part = stack == null ? Part.OTHER : Part.of(stack);
                    samples.merge(part, 1, Integer::sum);
                }
            }
        }
        return samples;
    }
}
