package dev.gatehouse.tools.frontdoor;

import static dev.gatehouse.tools.frontdoor.Area.HEADERS;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The cookies that a page and its redirects set, graded as Observatory does: the worst one counts.
 *
 * @param hsts whether the host has HSTS, so that no browser sends a cookie over plain HTTP
 */
record CookieRules(List<SetCookie> cookies, boolean hsts, Instant now, Transcript transcript) {

    private static final Pattern WORD = Pattern.compile("[A-Z]+[a-z]*|[a-z]+");

    /** What may be wrong with a cookie, the worst last. */
    private enum Fault {
        WITHOUT_SECURE_BUT_HSTS(
                "cookies-without-secure-flag-but-protected-by-hsts",
                5,
                "A cookie is set without Secure; only HSTS keeps it from plain HTTP."),
        WITHOUT_SECURE("cookies-without-secure-flag", 20, "A cookie is set without Secure."),
        SESSION_WITHOUT_SECURE_BUT_HSTS(
                "cookies-session-without-secure-flag-but-protected-by-hsts",
                10,
                "A session cookie is set without Secure; only HSTS keeps it from plain HTTP."),
        SAMESITE_INVALID(
                "cookies-samesite-flag-invalid", 20, "The SameSite of a cookie is not valid."),
        ANTICSRF_WITHOUT_SAMESITE(
                "cookies-anticsrf-without-samesite-flag",
                20,
                "A cookie against forged requests is set without SameSite."),
        SESSION_WITHOUT_HTTPONLY(
                "cookies-session-without-httponly-flag",
                30,
                "Scripts can read a session cookie: it is set without HttpOnly."),
        SESSION_WITHOUT_SECURE(
                "cookies-session-without-secure-flag",
                40,
                "A session cookie is set without Secure.");

        private final String id;
        private final int points;
        private final String title;

        Fault(String id, int points, String title) {
            this.id = id;
            this.points = points;
            this.title = title;
        }
    }

    Finding judge() {
        List<SetCookie> kept = cookies.stream().filter(c -> !c.isDeletion(now)).toList();
        if (kept.isEmpty()) {
            return Finding.note(HEADERS, "cookies-not-found", "No cookie is set.", transcript);
        }
        return kept.stream()
                .flatMap(cookie -> worst(cookie).stream())
                .max(Comparator.naturalOrder())
                .map(this::bad)
                .orElseGet(() -> good(kept));
    }

    private Optional<Fault> worst(SetCookie cookie) {
        boolean session = isSession(cookie);
        if (session && !cookie.has("secure") && !hsts) {
            return Optional.of(Fault.SESSION_WITHOUT_SECURE);
        }
        if (session && !cookie.has("httponly")) {
            return Optional.of(Fault.SESSION_WITHOUT_HTTPONLY);
        }
        if (cookie.name().toLowerCase(Locale.ROOT).contains("csrf") && !cookie.has("samesite")) {
            return Optional.of(Fault.ANTICSRF_WITHOUT_SAMESITE);
        }
        if (hasInvalidSameSite(cookie)) {
            return Optional.of(Fault.SAMESITE_INVALID);
        }
        if (cookie.has("secure")) {
            return Optional.empty();
        }
        if (session) {
            return Optional.of(Fault.SESSION_WITHOUT_SECURE_BUT_HSTS);
        }
        return Optional.of(hsts ? Fault.WITHOUT_SECURE_BUT_HSTS : Fault.WITHOUT_SECURE);
    }

    private Finding bad(Fault fault) {
        return Finding.bad(
                HEADERS,
                fault.id,
                fault.points,
                fault.title,
                transcript,
                "Set Secure, HttpOnly and SameSite for every cookie.");
    }

    private Finding good(List<SetCookie> kept) {
        return kept.stream().allMatch(cookie -> cookie.has("samesite"))
                ? Finding.bonus(
                        HEADERS,
                        "cookies-secure-with-httponly-sessions-and-samesite",
                        5,
                        "Cookies are protected from plain HTTP, scripts and other sites.",
                        transcript)
                : Finding.good(
                        HEADERS,
                        "cookies-secure-with-httponly-sessions",
                        "Cookies are protected from plain HTTP and scripts.",
                        transcript);
    }

    /** An identifier of a session by a word of its name: {@code assessment} is none. */
    private static boolean isSession(SetCookie cookie) {
        return WORD.matcher(cookie.name())
                .results()
                .map(word -> word.group().toLowerCase(Locale.ROOT))
                .anyMatch(
                        word ->
                                word.startsWith("sess")
                                        || word.startsWith("login")
                                        || word.contains("sessid")
                                        || word.contains("sessionid")
                                        || (word.endsWith("session") && word.length() < 12));
    }

    private static boolean hasInvalidSameSite(SetCookie cookie) {
        String value = cookie.value("samesite");
        return cookie.has("samesite")
                && (!List.of("lax", "strict", "none").contains(value)
                        || (value.equals("none") && !cookie.has("secure")));
    }
}
