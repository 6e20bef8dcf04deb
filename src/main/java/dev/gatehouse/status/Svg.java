package dev.gatehouse.status;

import dev.gatehouse.status.StatusTimeline.Interval;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * SVG plots. Classes give the colours: the page's Content-Security-Policy allows no style
 * attribute. Text stands beside them, where it keeps its size.
 */
final class Svg {

    private static final int HEIGHT = 28;

    /** A minute each. */
    private static final int WIDTH = 1440;

    /** Wide enough to be seen on a phone. */
    private static final int SHORTEST = 6;

    private Svg() {}

    /**
     * A timeline of 24 hours. Each interruption takes the focus and tells its time.
     *
     * @param words what it shows, for those who do not see it
     */
    static String timeline(String words, List<Interval> intervals) {
        Instant start = intervals.getLast().until().minus(StatusTimeline.SPAN);
        StringBuilder svg = new StringBuilder();
        svg.append(
                "<svg class=\"timeline\" viewBox=\"0 0 %d %d\" preserveAspectRatio=\"none\" role=\"group\" aria-label=\"%s\">"
                        .formatted(WIDTH, HEIGHT, words));
        // the worst on top
        for (ComponentCondition condition : ComponentCondition.values()) {
            for (Interval interval : intervals) {
                if (interval.condition() == condition) {
                    append(svg, interval, start);
                }
            }
        }
        for (int tick = 1; tick < 4; tick++) {
            svg.append(
                    "<path class=\"tick\" d=\"M%1$d 0V%2$d\"/>"
                            .formatted(tick * WIDTH / 4, HEIGHT));
        }
        return svg.append("</svg>").toString();
    }

    private static void append(StringBuilder svg, Interval interval, Instant start) {
        double x = minutes(start, interval.from());
        double width = minutes(interval.from(), interval.until());
        if (isInterruption(interval)) {
            width = Math.max(SHORTEST, width);
            x = Math.min(x, WIDTH - width);
            svg.append(
                    String.format(
                            Locale.ROOT,
                            "<rect class=\"%1$s\" x=\"%2$.2f\" width=\"%3$.2f\" height=\"%4$d\""
                                    + " tabindex=\"0\" role=\"img\" aria-label=\"%5$s\">"
                                    + "<title>%5$s</title></rect>",
                            interval.condition().tag(),
                            x,
                            width,
                            HEIGHT,
                            StatusPage.words(interval)));
        } else {
            svg.append(
                    String.format(
                            Locale.ROOT,
                            "<rect class=\"%s\" x=\"%.2f\" width=\"%.2f\" height=\"%d\"/>",
                            interval.condition().tag(),
                            x,
                            width,
                            HEIGHT));
        }
    }

    static boolean isInterruption(Interval interval) {
        return interval.condition() == ComponentCondition.DEAD
                || interval.condition() == ComponentCondition.BUSY;
    }

    private static double minutes(Instant from, Instant until) {
        return Duration.between(from, until).toMillis() / 60_000.0;
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
