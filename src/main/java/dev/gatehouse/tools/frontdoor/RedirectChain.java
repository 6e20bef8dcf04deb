package dev.gatehouse.tools.frontdoor;

import dev.gatehouse.tools.frontdoor.Observations.Chain;
import dev.gatehouse.tools.frontdoor.Observations.ChainEnd;
import dev.gatehouse.tools.frontdoor.Observations.Hop;
import dev.gatehouse.tools.outbound.HttpExchange;
import dev.gatehouse.tools.outbound.HttpUrl;
import dev.gatehouse.tools.outbound.Target;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Follows redirects as a browser does. Each URL is checked and resolved like the first. */
record RedirectChain(CheckClient client, Clock clock) {

    private static final int LONGEST = 10;

    /** Where a redirect leads. */
    sealed interface Location {}

    /** To a URL that may be visited. */
    record Visitable(HttpUrl url) implements Location {}

    /** To what is not visited. */
    record Unvisitable(String text) implements Location {}

    /**
     * Follows the redirects from that URL.
     *
     * @param headers sent with each request
     */
    Chain from(HttpUrl start, String... headers) {
        HttpUrl url = start;
        List<Hop> hops = new ArrayList<>();
        CookieJar cookies = new CookieJar(clock);
        Set<String> seen = new HashSet<>();
        while (seen.add(key(url, cookies))) {
            Optional<HttpExchange> visited = client.visit(url, withCookies(url, cookies, headers));
            if (visited.isEmpty()) {
                return new Chain(start.host(), hops, ChainEnd.NOT_VISITED, url.toString());
            }
            hops.add(new Hop(url, visited.get()));
            if (!(visited.get() instanceof HttpExchange.Answered answered)) {
                return new Chain(start.host(), hops, ChainEnd.FAILED, "");
            }
            cookies.store(url, answered.response());
            switch (location(url, visited.get()).orElse(null)) {
                case null -> {
                    return new Chain(start.host(), hops, ChainEnd.ANSWERED, "");
                }
                case Unvisitable(var text) -> {
                    return new Chain(start.host(), hops, ChainEnd.NOT_VISITED, text);
                }
                case Visitable(var next) when hops.size() == LONGEST -> {
                    return new Chain(start.host(), hops, ChainEnd.TOO_LONG, next.toString());
                }
                case Visitable(var next) -> url = next;
            }
        }
        return new Chain(start.host(), hops, ChainEnd.LOOP, url.toString());
    }

    /** With other cookies, the same URL may well give another response. */
    private static String key(HttpUrl url, CookieJar cookies) {
        return url.scheme() + " " + url.authority() + url.pathAndQuery() + "\n" + cookies.text(url);
    }

    private static String[] withCookies(HttpUrl url, CookieJar cookies, String... headers) {
        String text = cookies.text(url);
        if (text.isEmpty()) {
            return headers;
        }
        List<String> all = new ArrayList<>(List.of(headers));
        all.add("Cookie: " + text);
        return all.toArray(String[]::new);
    }

    /** The location of a redirect, or empty where the exchange is none. */
    static Optional<Location> location(HttpUrl from, HttpExchange exchange) {
        return exchange.redirectLocation().map(field -> location(from, field));
    }

    private static Location location(HttpUrl from, String field) {
        return switch (from.resolve(field)) {
            case HttpUrl.Http(var url) ->
                    Target.of(url) instanceof Target.Accepted(var target)
                            ? new Visitable(target)
                            : new Unvisitable(url.toString());
            case HttpUrl.OtherScheme _, HttpUrl.Invalid _ -> new Unvisitable(field);
        };
    }
}
