package dev.gatehouse.tools.frontdoor;

import static dev.gatehouse.tools.frontdoor.Area.HEADERS;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The cookies of a page, graded as Observatory does: the worst of them counts.
 *
 * @param cookies each {@code Set-Cookie}, as it came
 * @param hsts whether the page has HSTS, so that no browser sends a cookie in the clear
 */
record CookieRules(List<String> cookies, boolean hsts, Evidence evidence) {

    /** What may be wrong with a cookie, the worst last. */
    private enum Fault {
        WITHOUT_SECURE_BUT_HSTS(
                "cookies-without-secure-flag-but-protected-by-hsts",
                5,
                "A cookie is set without Secure; HSTS alone keeps it from plain HTTP."),
        WITHOUT_SECURE("cookies-without-secure-flag", 20, "A cookie is set without Secure."),
        SESSION_WITHOUT_SECURE_BUT_HSTS(
                "cookies-session-without-secure-flag-but-protected-by-hsts",
                10,
                "A session's cookie is set without Secure; HSTS alone keeps it from plain HTTP."),
        SAMESITE_INVALID(
                "cookies-samesite-flag-invalid", 20, "A cookie's SameSite is not understood."),
        ANTICSRF_WITHOUT_SAMESITE(
                "cookies-anticsrf-without-samesite-flag",
                20,
                "A cookie against forged requests is set without SameSite."),
        SESSION_WITHOUT_HTTPONLY(
                "cookies-session-without-httponly-flag",
                30,
                "Scripts can read a session's cookie: it is set without HttpOnly."),
        SESSION_WITHOUT_SECURE(
                "cookies-session-without-secure-flag",
                40,
                "A session's cookie is set without Secure.");

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
        if (cookies.isEmpty()) {
            return Finding.note(HEADERS, "cookies-not-found", "No cookie is set.", evidence);
        }
        return cookies.stream()
                .map(Cookie::new)
                .flatMap(cookie -> worst(cookie).stream())
                .max(Comparator.naturalOrder())
                .map(this::bad)
                .orElseGet(this::good);
    }

    private Optional<Fault> worst(Cookie cookie) {
        boolean session = cookie.name().contains("sess") || cookie.name().contains("login");
        if (session && !cookie.has("secure") && !hsts) {
            return Optional.of(Fault.SESSION_WITHOUT_SECURE);
        }
        if (session && !cookie.has("httponly")) {
            return Optional.of(Fault.SESSION_WITHOUT_HTTPONLY);
        }
        if (cookie.name().contains("csrf") && !cookie.has("samesite")) {
            return Optional.of(Fault.ANTICSRF_WITHOUT_SAMESITE);
        }
        if (cookie.hasOddSameSite()) {
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
                evidence,
                "Set Secure, HttpOnly and SameSite for every cookie.");
    }

    private Finding good() {
        return cookies.stream().map(Cookie::new).allMatch(cookie -> cookie.has("samesite"))
                ? Finding.bonus(
                        HEADERS,
                        "cookies-secure-with-httponly-sessions-and-samesite",
                        5,
                        "Cookies are kept from plain HTTP, scripts and other sites.",
                        evidence)
                : Finding.good(
                        HEADERS,
                        "cookies-secure-with-httponly-sessions",
                        "Cookies are kept from plain HTTP and scripts.",
                        evidence);
    }

    /** A cookie in lower case, taken apart. */
    private record Cookie(String name, List<String> attributes) {

        Cookie(String header) {
            this(header.toLowerCase(Locale.ROOT).split(";", -1));
        }

        private Cookie(String[] parts) {
            this(
                    parts[0].split("=", 2)[0].strip(),
                    Arrays.stream(parts).skip(1).map(String::strip).toList());
        }

        boolean has(String attribute) {
            return attributes.stream().anyMatch(a -> a.split("=", 2)[0].strip().equals(attribute));
        }

        boolean hasOddSameSite() {
            return attributes.stream()
                    .filter(a -> a.split("=", 2)[0].strip().equals("samesite"))
                    .anyMatch(
                            a ->
                                    !a.matches("samesite\\s*=\\s*(lax|strict|none)")
                                            || (a.endsWith("none") && !has("secure")));
        }
    }
}
