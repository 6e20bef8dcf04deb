package dev.gatehouse.status;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
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

    /**
     * A door, or the view from outside.
     *
     * @param probe how long the last look took, such as {@code 3 ms}, or empty
     */
    record Door(String name, String title, Condition condition, String probe, Plot strip) {

        String tag() {
            return condition.tag();
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
    }

    /** What strangers are not told. */
    record Details(List<Count> counts, Plot decisions, List<Reason> reasons) {}

    /** A number of a door. */
    record Count(String what, String value) {}

    /** Why a door is as it is. */
    record Reason(String title, String reason) {}

    /** A picture with its words, for who cannot see it. */
    record Plot(String svg, String words) {}
}
