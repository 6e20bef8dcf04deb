package dev.gatehouse.accesslog;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Masks secrets in queries and paths, which it recognizes by the names of parameters. */
final class SecretMasker {

    private static final String HIDDEN = "***";

    /** A name with one of these in it names a secret: {@code access_token}, {@code X-Auth}. */
    private static final List<String> PARTS =
            List.of(
                    "token",
                    "secret",
                    "passw",
                    "passphrase",
                    "pwd",
                    "auth",
                    "session",
                    "credential",
                    "signature",
                    "apikey",
                    "api_key",
                    "api-key",
                    "accesskey",
                    "access_key",
                    "access-key",
                    "privatekey",
                    "private_key",
                    "private-key",
                    "jwt",
                    "cookie",
                    "bearer",
                    "saml",
                    "ticket",
                    "assertion",
                    "nonce");

    private static final int SHORTEST_NAME = 3;

    /** Names that are too short to be searched within others; the last may hold a whole header. */
    private static final Set<String> WHOLE =
            Set.of("key", "code", "sig", "sid", "pin", "otp", "state", "hash", "pass", "header");

    private SecretMasker() {}

    /** A query with the values of its secrets hidden. */
    static String maskQuery(String query) {
        return hide(query, '&');
    }

    /** A path with the values of secret path parameters hidden: {@code ;jsessionid=…}. */
    static String maskPath(String path) {
        int parameters = path.indexOf(';');
        return parameters < 0
                ? path
                : path.substring(0, parameters) + hide(path.substring(parameters), '/');
    }

    /** Pairs are separated by that character or by a semicolon. */
    private static String hide(String text, char separator) {
        if (text.indexOf('=') < 0) {
            return text;
        }
        StringBuilder shown = new StringBuilder(0);
        int copied = 0;
        int start = 0;
        for (int i = 0; i <= text.length(); i++) {
            if (i == text.length() || text.charAt(i) == separator || text.charAt(i) == ';') {
                int equals = text.indexOf('=', start, i);
                if (equals >= 0 && isSecret(text, start, equals, i)) {
                    shown.append(text, copied, equals + 1).append(HIDDEN);
                    copied = i;
                }
                start = i + 1;
            }
        }
        return copied == 0 ? text : shown.append(text, copied, text.length()).toString();
    }

    private static boolean isSecret(String text, int start, int equals, int end) {
        return (equals - start >= SHORTEST_NAME && isSecret(decoded(text.substring(start, equals))))
                || holdsPairs(text, equals + 1, end);
    }

    private static boolean isSecret(String name) {
        return WHOLE.contains(name) || holdsAPart(name);
    }

    private static boolean holdsAPart(String text) {
        for (String part : PARTS) {
            if (text.contains(part)) {
                return true;
            }
        }
        return false;
    }

    /** A value that is a query or an object itself, as of {@code ?next=/a%3Ftoken%3Db}. */
    private static boolean holdsPairs(String text, int start, int end) {
        if (text.indexOf('=', start, end) < 0 && text.indexOf('%', start, end) < 0) {
            return false;
        }
        String inner = decoded(decoded(text.substring(start, end)));
        return (inner.indexOf('=') >= 0 || inner.indexOf(':') >= 0) && holdsAPart(inner);
    }

    private static String decoded(String text) {
        if (text.indexOf('%') < 0 && text.indexOf('+') < 0) {
            return text.toLowerCase(Locale.ROOT);
        }
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8).toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException _) {
            return text.toLowerCase(Locale.ROOT);
        }
    }
}
