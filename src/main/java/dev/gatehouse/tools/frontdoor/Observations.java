package dev.gatehouse.tools.frontdoor;

import dev.gatehouse.tools.outbound.HttpExchange;
import dev.gatehouse.tools.outbound.HttpUrl;
import dev.gatehouse.tools.outbound.Scheme;
import dev.gatehouse.tools.outbound.TlsHandshake;
import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What was observed of one area. The findings are a pure function of it. */
sealed interface Observations {

    /** The findings of the area. */
    default List<Finding> findings(Instant now) {
        return switch (this) {
            case Availability availability -> AvailabilityRules.judge(availability);
            case PlainHttp plainHttp -> PlainHttpRules.judge(plainHttp);
            case Chain chain -> RedirectChainRules.judge(chain);
            case Tls tls -> new TlsRules(tls, now).judge();
            case Page page -> HeaderRules.judge(page, now);
            case HealthProbes probes -> HealthProbeRules.judge(probes);
        };
    }

    /** The exchanges with one address. */
    record Endpoint(InetAddress address, HttpExchange plain, HttpExchange tls) {}

    /**
     * The endpoints of a name and of its sibling.
     *
     * @param sibling the name with {@code www.} before it, or without; empty where there is none
     * @param siblingEndpoints of the sibling; none where it does not resolve
     */
    record Availability(List<Endpoint> endpoints, String sibling, List<Endpoint> siblingEndpoints)
            implements Observations {}

    /**
     * What port 80 does with requests.
     *
     * @param get of a path with a query
     * @param foreignHost with another name in {@code Host}
     * @param absoluteForm with another name in the request's target
     * @param forwardedHost with another name in {@code X-Forwarded-Host}
     */
    record PlainHttp(
            String host,
            HttpExchange get,
            HttpExchange post,
            HttpExchange foreignHost,
            HttpExchange absoluteForm,
            HttpExchange forwardedHost)
            implements Observations {

        /** Contains everything that redirects elsewhere lose. */
        static final String PATH = "/gatehouse-check/a%20b/?x=1&y=%2F&empty=";

        /** A name that cannot be registered (RFC 6761). */
        static final String FOREIGN = "gatehouse-check.invalid";
    }

    /** One request of a redirect chain. */
    record Hop(HttpUrl url, HttpExchange exchange) {}

    /** How a redirect chain ends. */
    enum ChainEnd {
        ANSWERED,
        LOOP,
        TOO_LONG,
        /** At a URL that may not be visited, or whose name does not resolve. */
        NOT_VISITED,
        FAILED
    }

    /**
     * A redirect chain.
     *
     * @param next where it would have gone on, or empty
     */
    record Chain(String host, List<Hop> hops, ChainEnd end, String next) implements Observations {

        List<HttpExchange> exchanges() {
            return hops.stream().map(Hop::exchange).toList();
        }
    }

    /**
     * TLS on port 443, and what else the two ports speak.
     *
     * @param http2 a handshake that offers HTTP/2, or null where it failed
     * @param newest a handshake of this JVM, or null where it failed
     * @param spoken whether anything that was received on port 443 was TLS
     */
    record Tls(
            @Nullable TlsHandshake http2,
            @Nullable TlsHandshake newest,
            boolean spoken,
            Set<ClientHello.OldVersion> oldVersions,
            Set<ClientHello.WeakSuites> weakSuites,
            HttpExchange plainOnTls,
            boolean tlsOnPlain)
            implements Observations {}

    /**
     * The page that a visitor of the site sees.
     *
     * @param chain from {@code https://host/} to the page
     * @param plain the same request over plain HTTP
     */
    record Page(Chain chain, HttpExchange plain) implements Observations {

        /** The origin of another site, as a browser would send it. */
        static final String ORIGIN = "https://" + PlainHttp.FOREIGN;
    }

    /** A probe of a health path, as a kubelet sends it. */
    record Probe(Scheme scheme, List<Hop> hops, Conclusion conclusion) {}

    /** What a kubelet concludes (kubernetes pkg/probe/http). */
    enum Conclusion {
        PASSES,
        FAILS,
        /** A redirect to another host counts as success (kubernetes#75416): it never fails. */
        BLIND
    }

    /** Probes of a health path on both ports. */
    record HealthProbes(String path, Probe http, Probe https) implements Observations {}
}
