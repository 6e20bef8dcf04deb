package dev.gatehouse.gateway;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.springframework.http.server.PathContainer;

/** The path of a request, which the request itself parses once a pattern is compared with it. */
public interface RequestPath {

    /** The path as received, neither decoded nor normalised. */
    String raw();

    /** The parsed path. */
    PathContainer parsed();

    /**
     * Whether the path is written in the one way that no handler reads differently: no parameters,
     * no empty, {@code .} or {@code ..} segments, and nothing encoded that need not be but reserved
     * characters (RFC 3986, 6.2.2).
     */
    default boolean isNormal() {
        return isNormal(raw());
    }

    private static boolean isNormal(String path) {
        return path.startsWith("/")
                && path.indexOf(';') < 0
                && path.indexOf('\\') < 0
                && !path.contains("//")
                && !hasDotSegment(path)
                && (path.indexOf('%') < 0 || isNormallyEncoded(path));
    }

    private static boolean hasDotSegment(String path) {
        return path.contains("/./")
                || path.contains("/../")
                || path.endsWith("/.")
                || path.endsWith("/..");
    }

    /**
     * Whether what is encoded must be, or may be and is no separator: an encoded reserved character
     * (RFC 3986, 2.2) is data. Encoded letters, a slash, a backslash, a percent sign, a semicolon,
     * controls and what is no UTF-8 are what some handler reads differently.
     */
    private static boolean isNormallyEncoded(String path) {
        byte[] decoded = new byte[path.length()];
        int length = 0;
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c == '%') {
                int value = encodedByte(path, i + 1);
                if (value < 0 || (value < 0x80 && !mayBeEncoded((char) value))) {
                    return false;
                }
                c = (char) value;
                i += 2;
            }
            decoded[length++] = (byte) c;
        }
        return isTextWithoutControls(ByteBuffer.wrap(decoded, 0, length));
    }

    /** The value of two hexadecimal digits, or -1 where there are none. */
    private static int encodedByte(String path, int start) {
        boolean areDigits =
                start + 2 <= path.length()
                        && HexFormat.isHexDigit(path.charAt(start))
                        && HexFormat.isHexDigit(path.charAt(start + 1));
        return areDigits ? HexFormat.fromHexDigits(path, start, start + 2) : -1;
    }

    private static boolean mayBeEncoded(char c) {
        return "/\\%;".indexOf(c) < 0 && "-._~".indexOf(c) < 0 && !isLetterOrDigit(c);
    }

    private static boolean isLetterOrDigit(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }

    private static boolean isTextWithoutControls(ByteBuffer utf8) {
        try {
            CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(utf8);
            return text.chars().noneMatch(Character::isISOControl);
        } catch (CharacterCodingException _) {
            return false;
        }
    }
}
