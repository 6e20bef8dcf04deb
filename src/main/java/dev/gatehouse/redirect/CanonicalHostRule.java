package dev.gatehouse.redirect;

import dev.gatehouse.gateway.TrustedProxies;
import org.jspecify.annotations.Nullable;

/** Sends visitors of www or the bare name to the canonical host, when they came over TLS. */
class CanonicalHostRule implements Rule {

    private static final Finding PLAIN =
            Finding.passed("the visitor did not come over TLS: one redirect does both");
    private static final Finding OTHER =
            Finding.passed("the host is not the canonical host's other name");

    private final CanonicalHost canonical;
    private final TrustedProxies proxies;
    private final Destination destination;

    CanonicalHostRule(CanonicalHost canonical, TrustedProxies proxies, Destination destination) {
        this.canonical = canonical;
        this.proxies = proxies;
        this.destination = destination;
    }

    @Override
    public String name() {
        return "canonical-host";
    }

    @Override
    public String describe() {
        RequestedHost host = canonical.host();
        return host == null ? "" : host.name();
    }

    @Override
    public Finding examine(ExaminedRequest request) {
        if (!isVisitorOverTls(request)) {
            return PLAIN;
        }
        @Nullable RequestedHost host = canonical.host();
        if (host == null
                || !canonical.replaces(request.host())
                || !RequestForm.isTarget(request.facts())) {
            return OTHER;
        }
        return Finding.decided(
                destination.on(host, request.facts(), Reason.CANONICAL_HOST),
                "the host is the canonical host's other name");
    }

    private boolean isVisitorOverTls(ExaminedRequest request) {
        return request.isOverTls()
                || (request.isForwardedOverTls() && proxies.contains(request.peer()));
    }
}
