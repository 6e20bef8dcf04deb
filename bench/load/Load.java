package load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a load generator saw.
 *
 * @param requests that were answered well
 * @param perSecond of them
 * @param p50 in milliseconds, as {@code p99}; not a number where it is not told
 */
record Load(long requests, double perSecond, double p50, double p99) {

    /** Connections, for every row but the crowd. */
    static final int CONNECTIONS = 16;

    static Load wrk(int connections, int seconds, String url, String... headers)
            throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of("wrk", "-t1", "-c" + connections, "-d" + seconds + "s"));
        command.addAll(List.of("--latency", "--timeout", "20s"));
        headers("Host: " + Setting.HOST, headers).forEach(h -> command.addAll(List.of("-H", h)));
        command.add(url);
        String out = output(command);
        if (out.contains("Non-2xx")) {
            throw new IOException(url + ": " + out);
        }
        return new Load(
                Long.parseLong(find("(\\d+) requests in", out)),
                Double.parseDouble(find("Requests/sec:\\s+([\\d.]+)", out)),
                millis(find("\\n\\s+50%\\s+(\\S+)", out)),
                millis(find("\\n\\s+99%\\s+(\\S+)", out)));
    }

    /** With h2load, which writes down each request: over HTTP/1.1, or HTTP/2 with streams. */
    static Load h2load(int seconds, String url, String... options)
            throws IOException, InterruptedException {
        Path log = Files.createTempFile("h2load", ".log");
        Files.delete(log); // h2load takes no file that is there
        try {
            List<String> command = new ArrayList<>(List.of("h2load", "-c" + CONNECTIONS));
            command.addAll(List.of("-D" + seconds, "--log-file=" + log));
            command.addAll(List.of("-H", ":authority: " + Setting.HOST));
            command.addAll(Arrays.asList(options));
            command.add(url);
            output(command);
            return ofLog(log, seconds);
        } finally {
            Files.deleteIfExists(log);
        }
    }

    /** Each line: when it began in microseconds, the status, how many microseconds it took. */
    private static Load ofLog(Path log, int seconds) throws IOException {
        long[] micros;
        try (Stream<String> lines = Files.lines(log)) {
            micros =
                    lines.map(line -> line.split("\t"))
                            .filter(fields -> fields[1].matches("[23]\\d\\d"))
                            .mapToLong(fields -> Long.parseLong(fields[2]))
                            .sorted()
                            .toArray();
        }
        if (micros.length == 0) {
            throw new IOException("h2load was not answered");
        }
        return new Load(
                micros.length,
                (double) micros.length / seconds,
                micros[micros.length / 2] / 1000.0,
                micros[(int) (micros.length * 0.99)] / 1000.0);
    }

    private static Stream<String> headers(String host, String... more) {
        return Stream.concat(Stream.of(host), Arrays.stream(more));
    }

    static String output(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes());
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + ": " + output);
        }
        return output;
    }

    static String find(String pattern, String text) throws IOException {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        if (!matcher.find()) {
            throw new IOException("No " + pattern + " in: " + text);
        }
        return matcher.group(1);
    }

    private static double millis(String duration) throws IOException {
        double number = Double.parseDouble(find("([\\d.]+)", duration));
        return switch (duration.replaceAll("[\\d.]", "")) {
            case "us" -> number / 1000;
            case "ms" -> number;
            case "s" -> number * 1000;
            default -> throw new IOException("No duration: " + duration);
        };
    }
}
