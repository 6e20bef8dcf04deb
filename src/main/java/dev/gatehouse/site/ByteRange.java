package dev.gatehouse.site;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of a representation (RFC 9110, 14.1.2).
 *
 * @param start offset of its first byte
 * @param end offset of its last byte
 */
record ByteRange(long start, long end) {

    private static final String UNIT = "bytes=";

    /**
     * More than that is an attack or a mistake, and is answered with the whole (RFC 9110, 14.2).
     */
    private static final int MAX_REQUESTED = 16;

    private static final int MAX_SERVED = 8;

    /** A part's own head is about as long: ranges with a smaller gap are served as one. */
    private static final int MIN_GAP = 80;

    private static final long NONE = -1;

    long length() {
        return end - start + 1;
    }

    /**
     * Reads a {@code Range} for a representation of that length: the ranges to serve, none where
     * not one of them can be, or null where the field means nothing and the whole is to be served.
     */
    static @Nullable List<ByteRange> parse(String header, long length) {
        if (!header.regionMatches(true, 0, UNIT, 0, UNIT.length())) {
            return null;
        }
        List<ByteRange> ranges = new ArrayList<>();
        int requested = 0;
        for (int start = UNIT.length(), end; start <= header.length(); start = end + 1) {
            end = header.indexOf(',', start);
            end = end < 0 ? header.length() : end;
            String spec = header.substring(start, end).strip();
            if (spec.isEmpty()) {
                continue;
            }
            requested++;
            if (requested > MAX_REQUESTED || !addTo(ranges, spec, length)) {
                return null;
            }
        }
        if (requested == 0 || length == 0) {
            return null;
        }
        List<ByteRange> coalesced = coalesce(ranges);
        return coalesced.size() <= MAX_SERVED ? coalesced : null;
    }

    /** Adds the range of a specification, if it can be served; false where it has no valid form. */
    private static boolean addTo(List<ByteRange> ranges, String spec, long length) {
        int dash = spec.indexOf('-');
        if (dash < 0) {
            return false;
        }
        long first = number(spec, 0, dash);
        long last = number(spec, dash + 1, spec.length());
        if (dash == 0) {
            if (last == NONE) {
                return false;
            }
            if (last > 0) {
                ranges.add(new ByteRange(Math.max(0, length - last), length - 1));
            }
            return true;
        }
        boolean isOpen = dash + 1 == spec.length();
        if (first == NONE || (!isOpen && last < first)) {
            return false;
        }
        if (first < length) {
            ranges.add(new ByteRange(first, isOpen ? length - 1 : Math.min(last, length - 1)));
        }
        return true;
    }

    /** A number of any length: one too large for a long is the largest long. */
    private static long number(String text, int from, int to) {
        long number = from == to ? NONE : 0;
        for (int i = from; i < to; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return NONE;
            }
            number = number > (Long.MAX_VALUE - digit) / 10 ? Long.MAX_VALUE : 10 * number + digit;
        }
        return number;
    }

    /** Joins ranges that overlap or nearly touch; those that do not stay in the requested order. */
    private static List<ByteRange> coalesce(List<ByteRange> ranges) {
        List<ByteRange> joined = new ArrayList<>();
        for (ByteRange next :
                ranges.stream().sorted(Comparator.comparingLong(ByteRange::start)).toList()) {
            ByteRange last = joined.isEmpty() ? null : joined.getLast();
            if (last != null && next.start - last.end <= MIN_GAP) {
                joined.set(
                        joined.size() - 1, new ByteRange(last.start, Math.max(last.end, next.end)));
            } else {
                joined.add(next);
            }
        }
        return joined.size() == ranges.size() ? ranges : joined;
    }
}
