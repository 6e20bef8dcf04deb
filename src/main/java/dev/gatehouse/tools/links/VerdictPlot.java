package dev.gatehouse.tools.links;

import dev.gatehouse.tools.links.DeadLinksReport.HostSummary;
import java.util.List;
import java.util.Map;
import org.springframework.web.util.HtmlUtils;

/** Bars of links by verdict, and of hosts, as SVG in the colours of the style sheet. */
final class VerdictPlot {

    private static final int HOSTS = 10;
    private static final int ROW = 24;
    private static final int BAR_START = 105;
    private static final int HOST_BAR_START = 180;
    private static final int WIDTH = 400;
    private static final int COUNT_WIDTH = 50;

    private VerdictPlot() {}

    /** The class of a verdict in the style sheet. */
    static String tone(String verdict) {
        return switch (verdict) {
            case "broken", "soft-404", "bad-fragment" -> "bad";
            case "insecure" -> "weak";
            case "ok" -> "good";
            default -> "note";
        };
    }

    static String verdicts(Map<String, Integer> summary) {
        int most =
                Math.max(1, summary.values().stream().mapToInt(Integer::intValue).max().orElse(1));
        StringBuilder label = new StringBuilder("Links by verdict:");
        StringBuilder bars = new StringBuilder();
        int y = 0;
        for (Map.Entry<String, Integer> entry : summary.entrySet()) {
            label.append(" %d %s,".formatted(entry.getValue(), entry.getKey()));
            text(bars, 0, y, entry.getKey());
            int width = width(entry.getValue(), most, WIDTH - BAR_START - COUNT_WIDTH);
            bar(bars, tone(entry.getKey()), BAR_START, y, width);
            text(bars, BAR_START + width + 6, y, String.valueOf(entry.getValue()));
            y += ROW;
        }
        return svg(label.substring(0, label.length() - 1), y, bars);
    }

    /** One bar for each host, of one part for each verdict. */
    static String hosts(List<HostSummary> hosts) {
        List<HostSummary> shown = hosts.stream().limit(HOSTS).toList();
        int most = shown.stream().mapToInt(HostSummary::links).max().orElse(1);
        StringBuilder label = new StringBuilder("Links by host:");
        StringBuilder bars = new StringBuilder();
        int y = 0;
        for (HostSummary host : shown) {
            String name = host.host().isEmpty() ? "other schemes" : host.host();
            label.append(" %d of %s,".formatted(host.links(), name));
            text(bars, 0, y, name.length() > 22 ? name.substring(0, 21) + "…" : name);
            int x = HOST_BAR_START;
            for (Map.Entry<String, Integer> part : host.summary().entrySet()) {
                int width = width(part.getValue(), most, WIDTH - HOST_BAR_START - COUNT_WIDTH);
                bar(bars, tone(part.getKey()), x, y, width);
                x += width;
            }
            text(bars, x + 6, y, String.valueOf(host.links()));
            y += ROW;
        }
        return svg(label.substring(0, label.length() - 1), y, bars);
    }

    private static int width(int count, int most, int full) {
        return count == 0 ? 0 : Math.max(2, (int) ((long) count * full / most));
    }

    private static void bar(StringBuilder bars, String tone, int x, int y, int width) {
        bars.append(
                "<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\"/>"
                        .formatted(tone, x, y + 4, width, ROW - 8));
    }

    private static void text(StringBuilder bars, int x, int y, String text) {
        bars.append(
                "<text x=\"%d\" y=\"%d\">%s</text>"
                        .formatted(x, y + ROW - 7, HtmlUtils.htmlEscape(text)));
    }

    private static String svg(String label, int height, StringBuilder content) {
        return "<svg class=\"link-bars\" viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">%s</svg>"
                .formatted(WIDTH, Math.max(1, height), HtmlUtils.htmlEscape(label), content);
    }
}
