package dev.gatehouse.accesslog;

import jakarta.servlet.ServletRequest;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The id of a request, 128 bits that are written as 32 digits: the trace's, where the client sent a
 * valid {@code traceparent} (W3C Trace Context), or else random.
 */
record RequestId(long high, long low, boolean isTrace) {

    private static final String ATTRIBUTE = RequestId.class.getName();

    private static final Pattern TRACEPARENT =
            Pattern.compile(
                    "(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}(-.*)?");

    private static final int TRACE_ID = 3;
    private static final int HALF = TRACE_ID + 16;
    private static final int TRACE_ID_END = HALF + 16;
    private static final int LONGEST = 128;

    /** To be told apart is all that ids need, so no secure random is asked. */
    static RequestId random() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return new RequestId(random.nextLong(), random.nextLong(), false);
    }

    /** The id of a request, or null where it could not be read and has none. */
    static @Nullable RequestId of(ServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof RequestId id ? id : null;
    }

    void markOn(ServletRequest request) {
        request.setAttribute(ATTRIBUTE, this);
    }

    /** The trace's id; null where there is no valid one. */
    static @Nullable RequestId of(@Nullable String traceparent) {
        if (traceparent == null
                || traceparent.length() > LONGEST
                || !TRACEPARENT.matcher(traceparent).matches()) {
            return null;
        }
        return new RequestId(
                HexFormat.fromHexDigitsToLong(traceparent, TRACE_ID, HALF),
                HexFormat.fromHexDigitsToLong(traceparent, HALF, TRACE_ID_END),
                true);
    }

    @Override
    public String toString() {
        return HexFormat.of().toHexDigits(high) + HexFormat.of().toHexDigits(low);
    }
}
