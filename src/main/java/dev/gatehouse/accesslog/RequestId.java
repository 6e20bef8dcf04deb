package dev.gatehouse.accesslog;

import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A request's id: the trace's, where the client sent a valid {@code traceparent} (W3C Trace
 * Context), else one made for it.
 *
 * @param value 32 digits, hexadecimal
 */
record RequestId(String value, boolean fromTrace) {

    private static final Pattern TRACEPARENT =
            Pattern.compile(
                    "(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}(-.*)?");

    private static final int TRACE_ID = 3;
    private static final int TRACE_ID_END = 35;
    private static final int LONGEST = 128;

    private static final char[] DIGITS = "0123456789abcdef".toCharArray();

    static RequestId of(@Nullable String traceparent) {
        if (traceparent != null
                && traceparent.length() <= LONGEST
                && TRACEPARENT.matcher(traceparent).matches()) {
            return new RequestId(traceparent.substring(TRACE_ID, TRACE_ID_END), true);
        }
        return new RequestId(random(), false);
    }

    /** Told apart is all they need to be, so no secure random is asked. */
    private static String random() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        char[] id = new char[32];
        fill(id, 0, random.nextLong());
        fill(id, 16, random.nextLong());
        return new String(id);
    }

    private static void fill(char[] id, int from, long bits) {
        for (int i = 0; i < 16; i++) {
            id[from + i] = DIGITS[(int) (bits >>> (4 * i)) & 15];
        }
    }
}
