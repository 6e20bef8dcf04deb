package dev.gatehouse.redirect;

import dev.gatehouse.redirect.RedirectDecision.Refused;
import org.jspecify.annotations.Nullable;

/** Sends nobody to a host that is not the site's: refuses, or sends to the canonical host. */
class SiteNamesRule implements Rule {

    private static final Finding OURS = Finding.passed("the host is one of the site's names");
    private static final String UNKNOWN = "the host is none of the site's names";

    private final SiteNames names;
    private final CanonicalHost canonical;
    private final UnknownHost unknownHost;
    private final Destination destination;

    SiteNamesRule(
            SiteNames names,
            CanonicalHost canonical,
            UnknownHost unknownHost,
            Destination destination) {
        this.names = names;
        this.canonical = canonical;
        this.unknownHost = unknownHost;
        this.destination = destination;
    }

    @Override
    public String name() {
        return "site-names";
    }

    @Override
    public String describe() {
        return String.join(", ", names.describe());
    }

    @Override
    public Finding examine(ExaminedRequest request) {
        RequestedHost host = request.host();
        return host != null && isOurs(host) ? OURS : Finding.decided(unknown(request), UNKNOWN);
    }

    private boolean isOurs(RequestedHost host) {
        return names.covers(host) || canonical.is(host) || canonical.replaces(host);
    }

    private RedirectDecision unknown(ExaminedRequest request) {
        Reason reason = request.reasonOr(Reason.UNKNOWN_HOST);
        @Nullable RequestedHost host = canonical.host();
        return unknownHost == UnknownHost.CANONICAL && host != null
                ? destination.on(host, request.facts(), reason)
                : new Refused(Refusal.UNKNOWN_HOST, reason);
    }
}
