package dev.gatehouse.status;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * SVG plots. Classes give the colours: the page's Content-Security-Policy allows no style
 * attribute.
 */
final class Svg {

    private static final int TIMELINE_HEIGHT = 28;
    private static final int SLOT_WIDTH = 5;
    private static final int BAR = 22;
    private static final int BAR_WIDTH = 320;

    private Svg() {}

    /** A timeline of the last 24 hours. */
    static StatusPage.Plot timeline(String title, List<ComponentCondition> slots) {
        StringBuilder svg = new StringBuilder();
        int width = slots.size() * SLOT_WIDTH;
        svg.append(
                "<svg class=\"strip\" viewBox=\"0 0 %d %d\" preserveAspectRatio=\"none\" aria-hidden=\"true\">"
                        .formatted(width, TIMELINE_HEIGHT));
        for (int i = 0; i < slots.size(); ) {
            int end = i;
            while (end < slots.size() && slots.get(end) == slots.get(i)) {
                end++;
            }
            svg.append(
                    "<rect class=\"%s\" x=\"%d\" width=\"%d\" height=\"%d\"/>"
                            .formatted(
                                    slots.get(i).tag(),
                                    i * SLOT_WIDTH,
                                    (end - i) * SLOT_WIDTH,
                                    TIMELINE_HEIGHT));
            i = end;
        }
        return new StatusPage.Plot(svg.append("</svg>").toString(), words(title, slots));
    }

    private static String words(String title, List<ComponentCondition> slots) {
        long dead = slots.stream().filter(p -> p == ComponentCondition.DEAD).count();
        long busy = slots.stream().filter(p -> p == ComponentCondition.BUSY).count();
        long known = slots.stream().filter(p -> p != ComponentCondition.UNKNOWN).count();
        return "%s in the last 24 hours: watched for about %s, dead in %s, busy in %s."
                .formatted(title, time(known), time(dead), time(busy));
    }

    private static String time(long slots) {
        Duration time = StatusTimeline.SLOT.multipliedBy(slots);
        return time.toHours() > 0
                ? "%d h %d min".formatted(time.toHours(), time.toMinutesPart())
                : time.toMinutes() + " min";
    }

    /** Bars, the longest as wide as the plot. The names come from closed lists. */
    static StatusPage.Plot bars(String title, Map<String, Long> counts) {
        long most =
                Math.max(1, counts.values().stream().mapToLong(Long::longValue).max().orElse(1));
        StringBuilder svg =
                new StringBuilder(
                        "<svg class=\"bars\" viewBox=\"0 0 %d %d\" aria-hidden=\"true\">"
                                .formatted(2 * BAR_WIDTH, Math.max(1, counts.size()) * BAR));
        StringBuilder words = new StringBuilder(title).append(": ");
        int y = 0;
        for (Map.Entry<String, Long> count : counts.entrySet()) {
            svg.append(
                    "<text x=\"0\" y=\"%d\">%s</text><rect class=\"bar\" x=\"200\" y=\"%d\" width=\"%d\" height=\"14\"/><text x=\"%d\" y=\"%d\">%d</text>"
                            .formatted(
                                    y + 14,
                                    count.getKey(),
                                    y + 3,
                                    Math.max(1, count.getValue() * BAR_WIDTH / most),
                                    208 + count.getValue() * BAR_WIDTH / most,
                                    y + 14,
                                    count.getValue()));
            words.append(count.getKey()).append(' ').append(count.getValue()).append("; ");
            y += BAR;
        }
        return new StatusPage.Plot(svg.append("</svg>").toString(), words.toString());
    }

    /** Both connectors in one image: colours that are legible on light and on dark. */
    static String connectors(Map<String, ComponentCondition> conditions) {
        StringBuilder svg =
                new StringBuilder(
                        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"320\" height=\"36\" viewBox=\"0 0 320 36\" font-family=\"system-ui, sans-serif\" font-size=\"15\" fill=\"#ffffff\">");
        int x = 0;
        for (Map.Entry<String, ComponentCondition> connector : conditions.entrySet()) {
            svg.append(
                    "<rect x=\"%d\" width=\"152\" height=\"36\" rx=\"5\" fill=\"%s\"/><text x=\"%d\" y=\"23\">%s %s</text>"
                            .formatted(
                                    x,
                                    colour(connector.getValue()),
                                    x + 14,
                                    connector.getKey(),
                                    connector.getValue().tag()));
            x += 168;
        }
        return svg.append("</svg>").toString();
    }

    private static String colour(ComponentCondition condition) {
        return switch (condition) {
            case UNKNOWN -> "#5c6068";
            case ALIVE -> "#1d5c4f";
            case BUSY -> "#8a5200";
            case DEAD -> "#b3261e";
        };
    }
}
