package load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** All that was measured, as {@code row,peer,metric,value;value;...}, kept from run to run. */
public final class Results {

    private final Path file;
    private final Map<String, List<Double>> values = new LinkedHashMap<>();

    public Results(Path file) throws IOException {
        this.file = file;
        if (Files.exists(file)) {
            for (String line : Files.readAllLines(file)) {
                int comma = line.lastIndexOf(',');
                values.put(
                        line.substring(0, comma),
                        Stream.of(line.substring(comma + 1).split(";"))
                                .map(Double::valueOf)
                                .toList());
            }
        }
    }

    /** Forgets what an earlier run found for that row. */
    void forget(Row row) {
        values.keySet().removeIf(key -> key.startsWith(row.name() + ","));
    }

    void add(Row row, Peer peer, Metric metric, double value) {
        values.computeIfAbsent(key(row, peer, metric), _ -> new ArrayList<>()).add(value);
    }

    private static String key(Row row, Peer peer, Metric metric) {
        return row.name() + "," + peer.name() + "," + metric.name();
    }

    double median(Row row, Peer peer, Metric metric) {
        List<Double> sorted =
                values.getOrDefault(key(row, peer, metric), List.of()).stream().sorted().toList();
        return sorted.isEmpty() ? Double.NaN : sorted.get(sorted.size() / 2);
    }

    public void save() throws IOException {
        List<String> lines = new ArrayList<>();
        values.forEach(
                (key, list) ->
                        lines.add(
                                key
                                        + ","
                                        + String.join(
                                                ";", list.stream().map(String::valueOf).toList())));
        Files.write(file, lines);
    }

    /** In Markdown: a line for each row, peer and metric, the medians, and their ratios. */
    public String table() {
        StringBuilder table =
                new StringBuilder("| row | peer | what | median | × nginx | × Caddy | × stock |\n")
                        .append("|---|---|---|--:|--:|--:|--:|\n");
        for (Row row : Row.values()) {
            for (Metric metric : Metric.values()) {
                for (Peer peer : Peer.values()) {
                    append(table, row, peer, metric);
                }
            }
        }
        return table.toString();
    }

    private void append(StringBuilder table, Row row, Peer peer, Metric metric) {
        double median = median(row, peer, metric);
        if (!Double.isNaN(median)) {
            table.append("| %s | %s | %s | ".formatted(row.label(), peer.label(), metric.label()));
            table.append(String.format(Locale.ROOT, metric.format(), median));
            for (Peer other : List.of(Peer.NGINX, Peer.CADDY, Peer.STOCK)) {
                double ratio = median / median(row, other, metric);
                table.append(" | ");
                table.append(Double.isNaN(ratio) ? "" : String.format(Locale.ROOT, "%.2f", ratio));
            }
            table.append(" |\n");
        }
    }
}
