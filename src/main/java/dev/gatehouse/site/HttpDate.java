package dev.gatehouse.site;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * A date in a header (RFC 9110, 5.6.7).
 *
 * @param seconds since 1970
 * @param text as it stands in the header
 */
record HttpDate(long seconds, String text) {

    private static final DateTimeFormatter IMF_FIXDATE =
            formatter("EEE, dd MMM uuuu HH:mm:ss 'GMT'");

    /** Obsolete forms, which a recipient still has to accept. */
    private static final List<DateTimeFormatter> FORMS =
            List.of(
                    IMF_FIXDATE,
                    new DateTimeFormatterBuilder()
                            .appendPattern("EEEE, dd-MMM-")
                            .appendValueReduced(ChronoField.YEAR, 2, 2, 1977)
                            .appendPattern(" HH:mm:ss 'GMT'")
                            .toFormatter(Locale.US)
                            .withZone(ZoneOffset.UTC),
                    formatter("EEE MMM ppd HH:mm:ss uuuu"));

    /**
     * A time of last modification. One in the future becomes a time just before now: it must not be
     * later than the answer's {@code Date} (RFC 9110, 8.8.2.1).
     */
    static HttpDate lastModified(Instant modified, Instant now) {
        Instant latest = now.minusSeconds(1);
        long seconds = (modified.isAfter(latest) ? latest : modified).getEpochSecond();
        return new HttpDate(seconds, IMF_FIXDATE.format(Instant.ofEpochSecond(seconds)));
    }

    /** Seconds since 1970, or nothing where the text is no date. */
    static OptionalLong parse(String text) {
        for (DateTimeFormatter form : FORMS) {
            try {
                return OptionalLong.of(Instant.from(form.parse(text)).getEpochSecond());
            } catch (DateTimeParseException _) {
                // perhaps another form
            }
        }
        return OptionalLong.empty();
    }

    private static DateTimeFormatter formatter(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.US).withZone(ZoneOffset.UTC);
    }
}
