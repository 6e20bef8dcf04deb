package dev.gatehouse.accesslog;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A buffer of lines as bytes, formatted in place without allocation. The caller checks that there
 * is room before it appends.
 */
final class LineBuffer {

    /** Each text of a line at its longest, every character of it escaped. */
    static final int LONGEST_LINE = 128 * 1024;

    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private final byte[] bytes;
    private int end;
    private int lines;

    LineBuffer(int capacity) {
        this.bytes = new byte[capacity];
    }

    boolean hasRoom() {
        return bytes.length - end >= LONGEST_LINE;
    }

    int end() {
        return end;
    }

    int lines() {
        return lines;
    }

    byte[] bytes() {
        return bytes;
    }

    /** Discards what was appended after that length. */
    void cutTo(int length) {
        end = length;
    }

    void clear() {
        end = 0;
        lines = 0;
    }

    void endLine() {
        bytes[end++] = '\n';
        lines++;
    }

    /** Appends bytes that need no escaping. */
    void raw(byte[] ascii) {
        System.arraycopy(ascii, 0, bytes, end, ascii.length);
        end += ascii.length;
    }

    void raw(char ascii) {
        bytes[end++] = (byte) ascii;
    }

    /** Appends text in UTF-8, escaped so that it can end neither its quotes nor its line. */
    void text(String value, byte[] control) {
        byte[] to = bytes;
        int at = end;
        int length = value.length();
        for (int i = 0; i < length; i++) {
            char c = value.charAt(i);
            if (c >= ' ' && c < 0x7f && c != '"' && c != '\\') {
                to[at++] = (byte) c;
                continue;
            }
            end = at;
            if (c >= 0xa0) {
                i += beyondAscii(value, i);
            } else {
                escape(c, control);
            }
            at = end;
        }
        end = at;
    }

    private void escape(char c, byte[] control) {
        if (c == '"' || c == '\\') {
            raw('\\');
            raw(c);
            return;
        }
        raw(control);
        bytes[end++] = HEX[c >> 4];
        bytes[end++] = HEX[c & 15];
    }

    /** Returns how many chars more than one it took. */
    private int beyondAscii(String value, int index) {
        int more = Character.charCount(value.codePointAt(index)) - 1;
        raw(value.substring(index, index + more + 1).getBytes(StandardCharsets.UTF_8));
        return more;
    }

    void number(long value) {
        if (value < 0) {
            raw(Long.toString(value).getBytes(StandardCharsets.US_ASCII));
            return;
        }
        int digits = 1;
        for (long rest = value; rest >= 10; rest /= 10) {
            digits++;
        }
        digits(value, digits);
    }

    /** The last digits of a number, with leading zeroes. */
    void digits(long value, int count) {
        long rest = value;
        for (int i = end + count - 1; i >= end; i--) {
            bytes[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        end += count;
    }

    /** Sixteen digits. */
    void hex(long value) {
        for (int shift = 60; shift >= 0; shift -= 4) {
            bytes[end++] = HEX[(int) (value >>> shift) & 15];
        }
    }

    @Override
    public String toString() {
        return new String(Arrays.copyOf(bytes, end), StandardCharsets.UTF_8);
    }
}
