package dev.gatehouse.config;

/** The form of a DNS name: letters, digits, hyphens and underscores, in labels (RFC 1123, 2.1). */
public final class DnsName {

    private static final int LONGEST_NAME = 253;
    private static final int LONGEST_LABEL = 63;

    private DnsName() {}

    /** Whether that is a name, in any case and without trailing dot. Numbers are names here. */
    public static boolean isValid(String name) {
        if (name.isEmpty() || name.length() > LONGEST_NAME) {
            return false;
        }
        int labelLength = 0;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean isAllowed = (c == '.' || c == '-') ? labelLength > 0 : isLetterOrDigit(c);
            labelLength = c == '.' ? 0 : labelLength + 1;
            if (!isAllowed || labelLength > LONGEST_LABEL) {
                return false;
            }
        }
        return labelLength > 0;
    }

    private static boolean isLetterOrDigit(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || isDigit(c) || c == '_';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /**
     * Whether the last label is a number, which makes it an address or nothing (WHATWG URL, 3.5).
     */
    public static boolean endsInNumber(String name) {
        int start = name.lastIndexOf('.') + 1;
        if (name.regionMatches(true, start, "0x", 0, 2)) {
            return name.substring(start + 2).chars().allMatch(c -> Character.digit(c, 16) >= 0);
        }
        for (int i = start; i < name.length(); i++) {
            if (!isDigit(name.charAt(i))) {
                return false;
            }
        }
        return true;
    }
}
