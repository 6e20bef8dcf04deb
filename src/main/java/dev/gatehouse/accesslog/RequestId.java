package dev.gatehouse.accesslog;

import java.util.HexFormat;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The id of a request whose client sent a valid {@code traceparent} (W3C Trace Context): the
 * trace's 128 bits, written as 32 digits.
 */
record RequestId(long high, long low) {

    private static final Pattern TRACEPARENT =
            Pattern.compile(
                    "(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}(-.*)?");

    private static final int TRACE_ID = 3;
    private static final int HALF = TRACE_ID + 16;
    private static final int TRACE_ID_END = HALF + 16;
    private static final int LONGEST = 128;

    /** Null where there is no valid one. */
    static @Nullable RequestId of(@Nullable String traceparent) {
        if (traceparent == null
                || traceparent.length() > LONGEST
                || !TRACEPARENT.matcher(traceparent).matches()) {
            return null;
        }
        return new RequestId(
                HexFormat.fromHexDigitsToLong(traceparent, TRACE_ID, HALF),
                HexFormat.fromHexDigitsToLong(traceparent, HALF, TRACE_ID_END));
    }

    @Override
    public String toString() {
        return HexFormat.of().toHexDigits(high) + HexFormat.of().toHexDigits(low);
    }
}
