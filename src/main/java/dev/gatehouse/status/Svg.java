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

    /** What is closer together than that looks like one, and bounds the size of a page. */
    private static final int SMALLEST_GAP = 24;

    private Svg() {}

    /**
     * A timeline of 24 hours. The newest interruptions take the focus and tell their times.
     *
     * @param words what it shows, for those who do not see it
     * @param told how many interruptions take the focus
     */
    static String timeline(String words, List<Interval> intervals, int told) {
        Instant start = intervals.getLast().until().minus(StatusTimeline.SPAN);
        List<Interval> interruptions = intervals.stream().filter(Svg::isInterruption).toList();
        List<Interval> newest =
                interruptions.subList(
                        Math.max(0, interruptions.size() - told), interruptions.size());
        StringBuilder svg = new StringBuilder();
        svg.append(
                "<svg class=\"timeline\" viewBox=\"0 0 %d %d\" preserveAspectRatio=\"none\" role=\"group\" aria-label=\"%s\">"
                        .formatted(WIDTH, HEIGHT, words));
        svg.append("<path class=\"unknown\" d=\"M0 0h%dv%dH0z\"/>".formatted(WIDTH, HEIGHT));
        // the worst on top, and below it all that is known
        appendAll(svg, ComponentCondition.ALIVE, known(intervals), start);
        for (ComponentCondition condition :
                List.of(ComponentCondition.BUSY, ComponentCondition.DEAD)) {
            appendAll(svg, condition, of(condition, interruptions), start);
        }
        for (ComponentCondition condition :
                List.of(ComponentCondition.BUSY, ComponentCondition.DEAD)) {
            of(condition, newest).forEach(interval -> append(svg, interval, start));
        }
        for (int tick = 1; tick < 4; tick++) {
            svg.append(
                    "<path class=\"tick\" d=\"M%1$d 0V%2$d\"/>"
                            .formatted(tick * WIDTH / 4, HEIGHT));
        }
        return svg.append("</svg>").toString();
    }

    private static List<Interval> known(List<Interval> intervals) {
        return intervals.stream()
                .filter(interval -> interval.condition() != ComponentCondition.UNKNOWN)
                .toList();
    }

    private static List<Interval> of(ComponentCondition condition, List<Interval> intervals) {
        return intervals.stream().filter(interval -> interval.condition() == condition).toList();
    }

    /** All intervals of a condition as one shape. */
    private static void appendAll(
            StringBuilder svg,
            ComponentCondition condition,
            List<Interval> intervals,
            Instant start) {
        if (intervals.isEmpty()) {
            return;
        }
        svg.append("<path class=\"%s\" d=\"".formatted(condition.tag()));
        long from = 0;
        long until = -SMALLEST_GAP - 1;
        for (Interval interval : intervals) {
            double exact = minutes(start, interval.from());
            long width = Math.max(SHORTEST, Math.round(minutes(interval.from(), interval.until())));
            long x = Math.clamp(Math.round(exact), 0, WIDTH - SHORTEST);
            if (x > until + SMALLEST_GAP) {
                appendShape(svg, from, until);
                from = x;
            }
            until = Math.clamp(x + width, until, WIDTH);
        }
        appendShape(svg, from, until);
        svg.append("\"/>");
    }

    private static void appendShape(StringBuilder svg, long from, long until) {
        if (until > from) {
            svg.append("M%d 0h%dv%dH%dz".formatted(from, until - from, HEIGHT, from));
        }
    }

    /** An interruption that takes the focus. */
    private static void append(StringBuilder svg, Interval interval, Instant start) {
        double width = Math.max(SHORTEST, minutes(interval.from(), interval.until()));
        svg.append(
                String.format(
                        Locale.ROOT,
                        "<rect class=\"%s\" x=\"%.2f\" width=\"%.2f\" height=\"%d\""
                                + " tabindex=\"0\" role=\"img\" aria-label=\"%s\"/>",
                        interval.condition().tag(),
                        Math.min(minutes(start, interval.from()), WIDTH - width),
                        width,
                        HEIGHT,
                        StatusPage.words(interval)));
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
