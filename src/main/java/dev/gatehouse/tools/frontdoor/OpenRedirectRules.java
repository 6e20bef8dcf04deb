package dev.gatehouse.tools.frontdoor;

import static dev.gatehouse.tools.frontdoor.Area.REDIRECT;

import dev.gatehouse.tools.frontdoor.Facts.Redirect;
import dev.gatehouse.tools.outbound.Exchange;
import java.util.List;

/** Whether a stranger can have port 80 lead to a host of his own choice. */
final class OpenRedirectRules {

    private OpenRedirectRules() {}

    static List<Finding> judge(Redirect facts) {
        return List.of(
                open("open-redirect-host", 15, "the Host header", facts.foreignHost()),
                open(
                        "open-redirect-absolute-form",
                        15,
                        "an absolute-form target",
                        facts.absoluteForm()),
                open(
                        "open-redirect-forwarded-host",
                        20,
                        "X-Forwarded-Host",
                        facts.forwardedHost()));
    }

    private static Finding open(String id, int points, String by, Exchange exchange) {
        boolean open =
                Location.of(exchange)
                        .map(location -> Location.host(location).equals(Redirect.FOREIGN))
                        .orElse(false);
        return open
                ? Finding.bad(
                        REDIRECT,
                        id,
                        points,
                        "A stranger can name the redirect's host by %s.".formatted(by),
                        Evidence.of(exchange),
                        "Redirect to names of the site alone, from a list, and refuse"
                                + " others with 421.")
                : Finding.good(
                        REDIRECT,
                        id,
                        "No redirect to a host that is named by %s.".formatted(by),
                        Evidence.of(exchange));
    }
}
