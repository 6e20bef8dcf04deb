package dev.gatehouse.tools.frontdoor;

import dev.gatehouse.tools.outbound.HttpUrl;
import dev.gatehouse.tools.outbound.RawResponse;
import dev.gatehouse.tools.outbound.Scheme;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** The cookies that one redirect chain has been given, as far as they decide where it goes. */
final class CookieJar {

    private static final int MOST = 50;
    private static final int LONGEST = 4096;

    private final Clock clock;
    private final Map<String, Stored> cookies = new LinkedHashMap<>();

    CookieJar(Clock clock) {
        this.clock = clock;
    }

    private record Stored(String domain, boolean hostOnly, SetCookie cookie) {

        boolean isSentTo(HttpUrl url) {
            boolean matches =
                    url.host().equals(domain) || (!hostOnly && url.host().endsWith("." + domain));
            return matches && (url.scheme() == Scheme.HTTPS || !cookie.has("secure"));
        }
    }

    /** Takes the cookies of a response (RFC 6265, 5.3); paths are not looked at. */
    void store(HttpUrl from, RawResponse response) {
        for (SetCookie cookie : SetCookie.all(response)) {
            String domain = cookie.value("domain").replaceFirst("^\\.", "");
            boolean hostOnly = domain.isEmpty();
            boolean isForeign =
                    !hostOnly && !from.host().equals(domain) && !from.host().endsWith("." + domain);
            if (isForeign || hasControls(cookie.pair())) {
                continue;
            }
            String key = (hostOnly ? from.host() : domain) + " " + cookie.name();
            if (cookie.isDeletion(clock.instant())) {
                cookies.remove(key);
            } else if (cookies.size() < MOST && cookie.pair().length() <= LONGEST) {
                cookies.put(key, new Stored(hostOnly ? from.host() : domain, hostOnly, cookie));
            }
        }
    }

    /** A CR alone would begin a header of its own for some servers (RFC 6265bis, 5.6). */
    private static boolean hasControls(String pair) {
        return pair.chars().anyMatch(c -> (c < ' ' && c != '\t') || c == 0x7f);
    }

    /** The value of {@code Cookie} for that URL, or empty. */
    String text(HttpUrl url) {
        return cookies.values().stream()
                .filter(stored -> stored.isSentTo(url))
                .map(stored -> stored.cookie().pair())
                .collect(Collectors.joining("; "));
    }
}
