package dev.gatehouse.redirect;

import dev.gatehouse.gateway.TrustedProxies;
import dev.gatehouse.redirect.RedirectDecision.Served;

/** What came over TLS to a trusted proxy is served: a redirect would only come back here. */
class TrustedProxyRule implements Rule {

    private static final Finding SERVED =
            Finding.decided(
                    new Served(Reason.TRUSTED_PROXY),
                    "the socket's peer is a trusted proxy and sent X-Forwarded-Proto: https");
    private static final Finding UNTRUSTED =
            Finding.suspicious(
                    Reason.UNTRUSTED_PROXY,
                    "X-Forwarded-Proto: https came from a peer that is no trusted proxy: ignored");
    private static final Finding SILENT =
            Finding.passed("no X-Forwarded-Proto says that the visitor came over TLS");

    private final TrustedProxies proxies;

    TrustedProxyRule(TrustedProxies proxies) {
        this.proxies = proxies;
    }

    @Override
    public String name() {
        return "trusted-proxies";
    }

    @Override
    public String describe() {
        return proxies.toString();
    }

    @Override
    public Finding examine(ExaminedRequest request) {
        if (!request.isForwardedOverTls()) {
            return SILENT;
        }
        return proxies.contains(request.peer()) ? SERVED : UNTRUSTED;
    }
}
