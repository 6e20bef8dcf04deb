package dev.gatehouse.tools.frontdoor;

import dev.gatehouse.tools.outbound.Exchange;
import dev.gatehouse.tools.outbound.Handshake;
import dev.gatehouse.tools.outbound.Target;
import java.net.InetAddress;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What was gathered of one area: plain facts, of which {@link Rules} make findings. */
sealed interface Facts {

    /** What one address answers on each of its doors. */
    record Doors(InetAddress address, Exchange plain, Exchange tls) {}

    /**
     * The doors of a name and of its twin.
     *
     * @param doors of the name that was asked for
     * @param twin the name with {@code www.} before it, or without
     * @param twinDoors of the twin; none where it leads nowhere
     */
    record Alive(String host, List<Doors> doors, String twin, List<Doors> twinDoors)
            implements Facts {}

    /**
     * What port 80 does with a stranger's request.
     *
     * @param get of a path with a query
     * @param foreignHost with another name in {@code Host}
     * @param absoluteForm with another name in the request's target
     * @param forwardedHost with another name in {@code X-Forwarded-Host}
     */
    record Redirect(
            String host,
            Exchange get,
            Exchange post,
            Exchange foreignHost,
            Exchange absoluteForm,
            Exchange forwardedHost)
            implements Facts {

        /** Carries everything that redirects lose elsewhere. */
        static final String PATH = "/gatehouse-check/a%20b/?x=1&y=%2F&empty=";

        /** A name that nobody can own (RFC 6761). */
        static final String FOREIGN = "gatehouse-check.invalid";
    }

    /** One visit on the way. */
    record Hop(Target target, Exchange exchange) {}

    /** Where the way ended. */
    enum End {
        ANSWERED,
        LOOP,
        TOO_LONG,
        /** A hop led to what may not be visited, or nowhere. */
        NOT_VISITED,
        FAILED
    }

    /** The way from plain HTTP to a page. */
    record Chain(String host, List<Hop> hops, End end, String next) implements Facts {}

    /** Old TLS versions and weak suites that were accepted, by hellos of our own bytes. */
    record Tls(
            Exchange page,
            @Nullable Handshake http2,
            @Nullable Handshake newest,
            Set<TlsVersion> oldVersions,
            Set<WeakSuites> weakSuites,
            Exchange plainOnTls,
            boolean tlsOnPlain)
            implements Facts {}

    /** A page over each of the doors. */
    record Page(String host, Exchange tls, Exchange plain) implements Facts {

        /** Another site, from which a browser asks. */
        static final String ORIGIN = "https://" + Redirect.FOREIGN;
    }

    /** What a kubelet would make of a probe. */
    record Probe(String port, List<Hop> hops, Conclusion conclusion) {}

    /** A kubelet's conclusions (kubernetes pkg/probe/http). */
    enum Conclusion {
        PASSES,
        FAILS,
        /** A redirect to another host counts as success (kubernetes#75416): it never fails. */
        BLIND
    }

    /** Probes of that path on each door. */
    record Health(String path, Probe http, Probe https) implements Facts {}
}
