package dev.gatehouse.site;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.Enumeration;
import java.util.OptionalLong;

/**
 * Evaluates the conditions of a GET or HEAD request (RFC 9110, 13), in the order of 13.2.2. A
 * request without conditions costs four look-ups of a header.
 */
final class Preconditions {

    private static final String IF_MATCH = "If-Match";
    private static final String IF_NONE_MATCH = "If-None-Match";
    private static final String IF_MODIFIED_SINCE = "If-Modified-Since";
    private static final String IF_UNMODIFIED_SINCE = "If-Unmodified-Since";
    private static final String IF_RANGE = "If-Range";
    private static final String ANY = "*";

    /** Within a minute a file may have changed twice: its date is no strong validator then. */
    private static final long STRONG_DATE_SECONDS = 60;

    private Preconditions() {}

    /** What the conditions lead to. */
    enum Outcome {
        PASSED,
        NOT_MODIFIED,
        FAILED
    }

    /** Evaluates all but {@code If-Range} for a representation with these validators. */
    static Outcome evaluate(HttpServletRequest request, String etag, HttpDate modified) {
        if (request.getHeader(IF_MATCH) != null) {
            if (!isAnyMatch(request, IF_MATCH, etag, false)) {
                return Outcome.FAILED;
            }
        } else if (isModifiedSince(request, IF_UNMODIFIED_SINCE, modified, false)) {
            return Outcome.FAILED;
        }
        boolean isUnchanged =
                request.getHeader(IF_NONE_MATCH) != null
                        ? isAnyMatch(request, IF_NONE_MATCH, etag, true)
                        : !isModifiedSince(request, IF_MODIFIED_SINCE, modified, true);
        return isUnchanged ? Outcome.NOT_MODIFIED : Outcome.PASSED;
    }

    /** Whether a range of the representation is wanted: {@code If-Range} is missing or holds. */
    static boolean isRangeWanted(
            HttpServletRequest request, String etag, HttpDate modified, Instant now) {
        String validator = request.getHeader(IF_RANGE);
        if (validator == null || validator.equals(etag)) {
            return true;
        }
        if (validator.startsWith("\"") || validator.startsWith("W/")) {
            return false;
        }
        OptionalLong date = singleDate(request, IF_RANGE, validator);
        return date.isPresent()
                && date.getAsLong() == modified.seconds()
                && modified.seconds() <= now.getEpochSecond() - STRONG_DATE_SECONDS;
    }

    /** Weak comparison ignores the mark of weakness, strong comparison never matches a weak tag. */
    private static boolean isAnyMatch(
            HttpServletRequest request, String name, String etag, boolean weak) {
        String first = request.getHeader(name);
        if (etag.equals(first)) {
            return true;
        }
        for (Enumeration<String> lines = request.getHeaders(name); lines.hasMoreElements(); ) {
            String line = lines.nextElement();
            if (line.strip().equals(ANY) || contains(line, etag, weak)) {
                return true;
            }
        }
        return false;
    }

    /** Reads entity tags in a list; what is none is passed over. */
    private static boolean contains(String list, String etag, boolean weak) {
        int i = 0;
        while (i < list.length()) {
            boolean isWeak = list.startsWith("W/\"", i);
            int start = isWeak ? i + 2 : i;
            if (list.charAt(start) != '"') {
                i++;
                continue;
            }
            int end = list.indexOf('"', start + 1);
            if (end < 0) {
                return false;
            }
            if ((weak || !isWeak)
                    && end + 1 - start == etag.length()
                    && list.startsWith(etag, start)) {
                return true;
            }
            i = end + 1;
        }
        return false;
    }

    /** Whether it was; the given answer where the field is missing, no date, or there twice. */
    private static boolean isModifiedSince(
            HttpServletRequest request, String name, HttpDate modified, boolean otherwise) {
        String value = request.getHeader(name);
        if (value == null) {
            return otherwise;
        }
        OptionalLong date = singleDate(request, name, value);
        return date.isPresent() ? modified.seconds() > date.getAsLong() : otherwise;
    }

    private static OptionalLong singleDate(HttpServletRequest request, String name, String value) {
        Enumeration<String> lines = request.getHeaders(name);
        lines.nextElement();
        return lines.hasMoreElements() ? OptionalLong.empty() : HttpDate.parse(value);
    }
}
