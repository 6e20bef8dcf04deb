package dev.gatehouse.accesslog;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A field of a line of JSON; one whose value is not known is left out. */
final class Field {

    private static final byte[] CONTROL = "\\u00".getBytes(StandardCharsets.US_ASCII);

    private final byte[] start;

    private Field(String start) {
        this.start = start.getBytes(StandardCharsets.US_ASCII);
    }

    static Field text(String name) {
        return new Field(",\"" + name + "\":\"");
    }

    static Field number(String name) {
        return new Field(",\"" + name + "\":");
    }

    void append(@Nullable String value, LineBuffer line) {
        if (value != null) {
            line.raw(start);
            line.text(value, CONTROL);
            line.raw('"');
        }
    }

    void append(long value, LineBuffer line) {
        line.raw(start);
        line.number(value);
    }

    /** 32 digits. */
    void append(long high, long low, LineBuffer line) {
        line.raw(start);
        line.hex(high);
        line.hex(low);
        line.raw('"');
    }
}
