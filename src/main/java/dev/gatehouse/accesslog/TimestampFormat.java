package dev.gatehouse.accesslog;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Formats times to the millisecond. The text of a second is made once. */
final class TimestampFormat {

    private static final DateTimeFormatter ISO = formatter("uuuu-MM-dd'T'HH:mm:ss");

    private final DateTimeFormatter toTheSecond;
    private final boolean withMillis;
    private long second = Long.MIN_VALUE;
    private byte[] text = {};

    /** {@code 2026-11-22T13:05:17.608Z}. */
    TimestampFormat() {
        this(ISO, true);
    }

    private TimestampFormat(DateTimeFormatter toTheSecond, boolean withMillis) {
        this.toTheSecond = toTheSecond;
        this.withMillis = withMillis;
    }

    /** Apache's: {@code 22/Nov/2026:13:05:17 +0000}. */
    static TimestampFormat ofCommonLog() {
        return new TimestampFormat(formatter("dd/MMM/uuuu:HH:mm:ss '+0000'"), false);
    }

    private static DateTimeFormatter formatter(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).withZone(ZoneOffset.UTC);
    }

    void append(long millis, LineBuffer line) {
        long now = Math.floorDiv(millis, 1000L);
        if (now != second) {
            second = now;
            text =
                    toTheSecond
                            .format(Instant.ofEpochSecond(now))
                            .getBytes(StandardCharsets.US_ASCII);
        }
        line.raw(text);
        if (withMillis) {
            line.raw('.');
            line.digits(Math.floorMod(millis, 1000L), 3);
            line.raw('Z');
        }
    }
}
