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
 * @param headline how it is, in a sentence
 * @param worst for the colour of it
 * @param details what only those see who are signed in, or null
 */
record StatusPage(
        String headline,
        Condition worst,
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
     * A door, or the view from outside.
     *
     * @param probe how long the last look took, such as {@code 3 ms}, or empty
     * @param numbers what is counted of it; none for strangers
     * @param reason why it is as it is, or null for strangers
     */
    record Door(
            String name,
            String title,
            Condition condition,
            String probe,
            Plot strip,
            List<Count> numbers,
            @Nullable String reason) {

        String tag() {
            return condition.tag();
        }

        /** What is known of the last look. */
        String looked() {
            if (!probe.isEmpty()) {
                return "answered in " + probe;
            }
            return condition == Condition.UNKNOWN ? "not looked at" : "";
        }

        boolean hasNumbers() {
            return !numbers.isEmpty();
        }
    }

    /** The certificate that is configured. */
    record Certificate(String names, long daysLeft, String ends, boolean selfSigned) {}

    /** An event. */
    record Line(Instant at, Condition condition, String text, @Nullable String detail) {

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

    /** What strangers are not told. */
    record Details(Plot decisions) {}

    /** A number of a door. */
    record Count(String what, long value) {}

    /** A picture with its words, for who cannot see it. */
    record Plot(String svg, String words) {}
}
