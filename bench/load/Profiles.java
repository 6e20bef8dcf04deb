package load;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** What a row costs in stock Spring Boot and in Gatehouse, part by part. */
public record Profiles(Row row, Profile before, Profile after) {

    public static Profiles of(Row row, Fleet fleet, Setting setting) throws Exception {
        return new Profiles(
                row,
                Profile.of(row, fleet.get(Peer.STOCK), setting),
                Profile.of(row, fleet.get(Peer.GATEHOUSE), setting));
    }

    /** In Markdown: a line for each part, a column for each row, µs of CPU a request in each. */
    public static String table(List<Profiles> all) {
        List<String> lines = new ArrayList<>();
        lines.add(line("CPU µs a request: stock → Gatehouse", all, p -> p.row.label()));
        lines.add("|---" + "|--:".repeat(all.size()) + "|");
        lines.add(line("all", all, p -> cell(p.before.micros(), p.after.micros())));
        lines.add(
                line(
                        "of it in the kernel",
                        all,
                        p ->
                                cell(
                                        p.before.kernel() * p.before.micros(),
                                        p.after.kernel() * p.after.micros())));
        for (Part part : Part.values()) {
            lines.add(line(part.label(), all, p -> cell(p.before.of(part), p.after.of(part))));
        }
        return String.join("\n", lines);
    }

    private static String line(String label, List<Profiles> all, Function<Profiles, String> cell) {
        return "| " + label + " | " + String.join(" | ", all.stream().map(cell).toList()) + " |";
    }

    private static String cell(double before, double after) {
        return String.format(Locale.ROOT, "%.1f → %.1f", before, after);
    }
}
