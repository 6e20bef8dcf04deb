package dev.gatehouse.accesslog;

/** Keeps text from ending its quotes or its line. */
final class Escape {

    private static final String HEX = "0123456789abcdef";

    private Escape() {}

    /** For a JSON string. */
    static void json(String value, StringBuilder line) {
        append(value, "\\u00", line);
    }

    /** For the combined format. */
    static void combined(String value, StringBuilder line) {
        append(value, "\\x", line);
    }

    /** Nearly always there is nothing to escape, and the text is copied in one go. */
    private static void append(String value, String control, StringBuilder line) {
        int copied = 0;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c >= ' ' && c != '"' && c != '\\' && (c < 0x7f || c >= 0xa0)) {
                continue;
            }
            line.append(value, copied, i);
            copied = i + 1;
            if (c == '"' || c == '\\') {
                line.append('\\').append(c);
            } else {
                line.append(control).append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
            }
        }
        if (copied == 0) {
            line.append(value);
        } else {
            line.append(value, copied, value.length());
        }
    }
}
