package dev.gatehouse.redirect;

import dev.gatehouse.redirect.RedirectDecision.Refused;
import java.util.regex.Pattern;

/** Refuses what cannot be redirected: without a host, or with a target that is not a path. */
class RequestForm implements Rule {

    private static final Refused REFUSED = new Refused(Refusal.MALFORMED);
    private static final Finding NO_HOST = Finding.decided(REFUSED, "it has no Host");
    private static final Finding BAD_HOST =
            Finding.decided(
                    REFUSED, "its Host is neither a name nor an address, or has a bad port");
    private static final Finding BAD_TARGET =
            Finding.decided(REFUSED, "its target is not a path, or climbs by encoded slashes");
    private static final Finding GOOD = Finding.passed("it has a host and a path");

    private static final Pattern ENCODED_PARENT =
            Pattern.compile("(?i)(?:/|%2f|%5c)(?:\\.|%2e){2}(?:%2f|%5c)");

    private final boolean needsHost;

    /**
     * @param needsHost whether a request without a host (HTTP/1.0) has nowhere to go
     */
    RequestForm(boolean needsHost) {
        this.needsHost = needsHost;
    }

    @Override
    public String name() {
        return "request-form";
    }

    @Override
    public Finding examine(ExaminedRequest request) {
        if (request.facts().host() == null) {
            if (needsHost) {
                return NO_HOST;
            }
        } else if (request.host() == null) {
            return BAD_HOST;
        }
        return isTarget(request.facts()) ? GOOD : BAD_TARGET;
    }

    /**
     * Whether path and query can stand in a Location as they are: visible ASCII, and no backslash
     * in the path, where browsers read it as a slash (WHATWG URL, 4.4).
     */
    static boolean isTarget(RedirectRequest request) {
        String path = request.path();
        String query = request.query();
        return path.startsWith("/")
                && isVisibleAscii(path)
                && path.indexOf('\\') < 0
                && (query == null || isVisibleAscii(query))
                && !(path.indexOf('%') >= 0 && ENCODED_PARENT.matcher(path).find());
    }

    private static boolean isVisibleAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c <= ' ' || c >= 0x7f) {
                return false;
            }
        }
        return true;
    }
}
