package dev.gatehouse.redirect;

import java.nio.charset.StandardCharsets;
import org.springframework.web.util.UriUtils;

/**
 * Tells whether a path is written in the one way that no handler reads differently: no parameters,
 * no empty, {@code .} or {@code ..} segments, and nothing encoded but what must be (RFC 3986, 6.2).
 */
final class NormalPath {

    private NormalPath() {}

    static boolean isNormal(String path) {
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

    private static boolean isNormallyEncoded(String path) {
        try {
            String decoded = UriUtils.decode(path, StandardCharsets.UTF_8);
            return decoded.chars().noneMatch(NormalPath::isAmbiguous)
                    && UriUtils.encodePath(decoded, StandardCharsets.UTF_8).equalsIgnoreCase(path);
        } catch (IllegalArgumentException _) {
            return false; // a stray percent sign
        }
    }

    /** Controls; the slash of other systems; and what is left to decode for who decodes twice. */
    private static boolean isAmbiguous(int c) {
        return Character.isISOControl(c) || c == '\\' || c == '%';
    }
}
