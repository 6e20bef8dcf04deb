package dev.gatehouse.site;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/**
 * When a file was last changed.
 *
 * @param millis whole seconds, as HTTP dates have them
 * @param header the same as it stands in {@code Last-Modified}
 */
record Modified(long millis, String header) {

    private static final DateTimeFormatter HTTP_DATE =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
                    .withZone(ZoneOffset.UTC);

    static Modified at(long millis) {
        Instant second = Instant.ofEpochMilli(millis).truncatedTo(ChronoUnit.SECONDS);
        return new Modified(second.toEpochMilli(), HTTP_DATE.format(second));
    }
}
