package dev.gatehouse.status;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The status as the page and JSON show it.
 *
 * @param headline a summary in a sentence
 * @param worst the worst condition, for the colour
 * @param details for operators, or null
 */
record StatusPage(
        String headline,
        ComponentCondition worst,
        boolean contradiction,
        List<Door> doors,
        Certificate certificate,
        List<Line> events,
        @Nullable Details details) {

    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("d MMM", Locale.ENGLISH).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter HOUR =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ENGLISH).withZone(ZoneOffset.UTC);

    /**
     * A connector, or the view from outside. The names of the fields are those of the JSON.
     *
     * @param probe duration of the last probe, such as {@code 3 ms}, or empty
     * @param numbers counts, empty for the public
     * @param reason the reason of the condition, or null for the public
     */
    record Door(
            String name,
            String title,
            ComponentCondition condition,
            String probe,
            Plot strip,
            List<Count> numbers,
            @Nullable String reason) {

        String tag() {
            return condition.tag();
        }

        /** The result of the last probe, in words. */
        String looked() {
            if (!probe.isEmpty()) {
                return "answered in " + probe;
            }
            return condition == ComponentCondition.UNKNOWN ? "not checked" : "";
        }

        boolean hasNumbers() {
            return !numbers.isEmpty();
        }
    }

    /** The certificate that is configured. */
    record Certificate(String names, long daysLeft, String ends, boolean selfSigned) {}

    /** An event. */
    record Line(Instant at, ComponentCondition condition, String text, @Nullable String detail) {

        String tag() {
            return condition.tag();
        }

        String time() {
            return at.truncatedTo(ChronoUnit.SECONDS).toString();
        }

        String day() {
            return DAY.format(at);
        }

        String hour() {
            return HOUR.format(at);
        }
    }

    /** For operators. */
    record Details(Plot decisions) {}

    /** A count. */
    record Count(String what, long value) {}

    /** An image and its text for screen readers. */
    record Plot(String svg, String words) {}
}
