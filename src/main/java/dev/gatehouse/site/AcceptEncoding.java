package dev.gatehouse.site;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Enumeration;
import org.jspecify.annotations.Nullable;

/**
 * Chooses a file's representation by {@code Accept-Encoding} (RFC 9110, 12.5.3). The weights of the
 * codings that count are four fields of a long, so that a browser's request allocates nothing.
 */
public final class AcceptEncoding {

    private static final String NAME = "Accept-Encoding";

    /** Each field is a weight in thousandths and one more, or 0 where the coding is not named. */
    private static final int FIELD_BITS = 16;

    private static final int FIELD_MASK = 0xffff;
    private static final int BROTLI = 0;
    private static final int GZIP = FIELD_BITS;
    private static final int IDENTITY = 2 * FIELD_BITS;
    private static final int ANY = 3 * FIELD_BITS;
    private static final int OTHER = -1;

    private static final int HIGHEST = 1000;
    private static final int INVALID = -1;
    private static final int DECIMALS = 3;

    private AcceptEncoding() {}

    /**
     * The best liked one, of equally liked ones the smaller. Brotli has to be named: not all
     * clients that send {@code *} know it. Where nothing is acceptable, the file as it is.
     */
    static Representation choose(
            HttpServletRequest request,
            Representation identity,
            @Nullable Representation brotli,
            @Nullable Representation gzip) {
        String first = request.getHeader(NAME);
        if (first == null || (brotli == null && gzip == null)) {
            return identity;
        }
        long weights = weights(request, first, brotli == null ? GZIP : BROTLI);
        int ofBrotli = brotli == null ? 0 : Math.max(0, explicit(weights, BROTLI));
        int ofGzip = gzip == null ? 0 : Math.max(0, orAny(weights, GZIP));
        int ofIdentity = orAny(weights, IDENTITY);
        if (brotli != null && ofBrotli > 0 && ofBrotli >= ofGzip && ofBrotli >= ofIdentity) {
            return brotli;
        }
        return gzip != null && ofGzip > 0 && ofGzip >= ofIdentity ? gzip : identity;
    }

    /** Whether gzip is liked as well as the response as it is, or better. */
    public static boolean prefersGzip(HttpServletRequest request) {
        String first = request.getHeader(NAME);
        if (first == null) {
            return false;
        }
        long weights = weights(request, first, GZIP);
        int ofGzip = orAny(weights, GZIP);
        return ofGzip > 0 && ofGzip >= orAny(weights, IDENTITY);
    }

    /** Of the first line alone, where that says enough. */
    private static long weights(HttpServletRequest request, String first, int best) {
        long weights = add(0, first);
        if (explicit(weights, best) != HIGHEST) {
            Enumeration<String> lines = request.getHeaders(NAME);
            lines.nextElement();
            while (lines.hasMoreElements()) {
                weights = add(weights, lines.nextElement());
            }
        }
        return weights;
    }

    private static int explicit(long weights, int field) {
        return (int) (weights >>> field & FIELD_MASK) - 1;
    }

    private static int orAny(long weights, int field) {
        int weight = explicit(weights, field);
        return weight == INVALID ? explicit(weights, ANY) : weight;
    }

    /**
     * Adds the codings of a line to those read before; of a coding named twice the first counts.
     */
    private static long add(long weights, String line) {
        long sum = weights;
        for (int start = 0, end; start < line.length(); start = end + 1) {
            end = indexOf(line, ',', start, line.length());
            int semicolon = indexOf(line, ';', start, end);
            int field = field(line, start, semicolon);
            if (field != OTHER && explicit(sum, field) == INVALID) {
                int weight = semicolon == end ? HIGHEST : weight(line, semicolon + 1, end);
                sum |= (long) (weight + 1) << field;
            }
        }
        return sum;
    }

    private static int field(String line, int from, int to) {
        int start = skipSpace(line, from, to);
        int end = to;
        while (end > start && isSpace(line.charAt(end - 1))) {
            end--;
        }
        if (is("br", line, start, end)) {
            return BROTLI;
        }
        if (is("gzip", line, start, end) || is("x-gzip", line, start, end)) {
            return GZIP;
        }
        if (is("identity", line, start, end)) {
            return IDENTITY;
        }
        return is("*", line, start, end) ? ANY : OTHER;
    }

    private static boolean is(String token, String line, int start, int end) {
        return end - start == token.length()
                && line.regionMatches(true, start, token, 0, token.length());
    }

    /** The value of the parameter {@code q} in thousandths, {@link #INVALID} where it is none. */
    private static int weight(String line, int from, int to) {
        int i = skipSpace(line, from, to);
        if (i == to || (line.charAt(i) != 'q' && line.charAt(i) != 'Q')) {
            return INVALID;
        }
        i = skipSpace(line, i + 1, to);
        if (i == to || line.charAt(i) != '=') {
            return INVALID;
        }
        return qvalue(line, skipSpace(line, i + 1, to), to);
    }

    private static int qvalue(String line, int from, int to) {
        if (from == to || (line.charAt(from) != '0' && line.charAt(from) != '1')) {
            return INVALID;
        }
        int value = line.charAt(from) - '0';
        int i = from + 1;
        boolean hasPoint = i < to && line.charAt(i) == '.';
        if (hasPoint) {
            i++;
        }
        for (int decimal = 0; decimal < DECIMALS; decimal++) {
            boolean isDigit = hasPoint && i < to && line.charAt(i) >= '0' && line.charAt(i) <= '9';
            value = 10 * value + (isDigit ? line.charAt(i) - '0' : 0);
            i += isDigit ? 1 : 0;
        }
        return skipSpace(line, i, to) == to && value <= HIGHEST ? value : INVALID;
    }

    private static int indexOf(String line, char c, int from, int to) {
        int index = line.indexOf(c, from, to);
        return index < 0 ? to : index;
    }

    private static int skipSpace(String line, int from, int to) {
        int i = from;
        while (i < to && isSpace(line.charAt(i))) {
            i++;
        }
        return i;
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t';
    }
}
