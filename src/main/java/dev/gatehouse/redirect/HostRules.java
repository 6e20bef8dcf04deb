package dev.gatehouse.redirect;

import dev.gatehouse.gateway.TrustedProxies;
import dev.gatehouse.redirect.RedirectDecision.Refusal;
import dev.gatehouse.redirect.RedirectDecision.Refused;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The rules that redirect a request to one of the site's names, or refuse it. */
final class HostRules {

    private static final Rule.Result PROBE = Rule.Result.decided(new Refused(Refusal.KUBE_PROBE));
    private static final Pattern ENCODED_PARENT =
            Pattern.compile("(?i)(?:/|%2f|%5c)(?:\\.|%2e){2}(?:%2f|%5c)");

    private HostRules() {}

    /** Redirects www to the bare name or the bare name to www, where the visitor came over TLS. */
    static Rule canonicalHost(
            CanonicalHost canonical, TrustedProxies proxies, Destination destination) {
        Rule.Result plain =
                Rule.Result.passed("the visitor did not come over TLS: one redirect does both");
        Rule.Result other = Rule.Result.passed("the host is not the canonical host's other name");
        @Nullable RequestedHost host = canonical.host();
        return new Rule("canonical-host", host == null ? "" : host.name()) {
            @Override
            Result evaluate(ParsedRequest request) {
                boolean isOverTls =
                        request.isOverTls()
                                || (request.isForwardedOverTls()
                                        && proxies.contains(request.peer()));
                if (!isOverTls) {
                    return plain;
                }
                if (host == null
                        || !canonical.replaces(request.host())
                        || !isTarget(request.facts())) {
                    return other;
                }
                return request.facts().isKubeProbe()
                        ? PROBE
                        : Result.decided(
                                destination.on(
                                        host, request.facts(), DecisionReason.CANONICAL_HOST));
            }
        };
    }

    /**
     * Refuses what cannot be redirected: without a host, or with a target that is not a path.
     *
     * @param needsHost whether a request without a host (HTTP/1.0) cannot be redirected either
     */
    static Rule requestForm(boolean needsHost) {
        Refused refused = new Refused(Refusal.MALFORMED);
        Rule.Result noHost = Rule.Result.decided(refused, "it has no Host");
        Rule.Result badHost =
                Rule.Result.decided(
                        refused, "its Host is neither a name nor an address, or has a bad port");
        Rule.Result badTarget =
                Rule.Result.decided(
                        refused, "its target is not a path, or climbs by encoded slashes");
        Rule.Result good = Rule.Result.passed("it has a host and a path");
        return new Rule("request-form", "") {
            @Override
            Result evaluate(ParsedRequest request) {
                if (request.facts().host() == null) {
                    if (needsHost) {
                        return noHost;
                    }
                } else if (request.host() == null) {
                    return badHost;
                }
                return isTarget(request.facts()) ? good : badTarget;
            }
        };
    }

    /**
     * Whether path and query can stand in a Location as they are: visible ASCII, and no backslash
     * in the path, where browsers read it as a slash (WHATWG URL, 4.4).
     */
    private static boolean isTarget(RedirectRequest request) {
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

    /**
     * Refuses kubelet's probes, which all later rules would redirect or refuse: kubelet counts a
     * redirect to another host name as success (kubernetes#75416), so that such a probe never
     * fails; and a probe by the pod's address, which no certificate names, gets the remedy too.
     * Everybody can send the User-Agent, which exempts from nothing.
     */
    static Rule kubeProbe() {
        Rule.Result other = Rule.Result.passed("the User-Agent is not kubelet's");
        return new Rule("kube-probe", "") {
            @Override
            Result evaluate(ParsedRequest request) {
                return request.facts().isKubeProbe() ? PROBE : other;
            }
        };
    }

    /** Refuses a host that is none of the site's names, or redirects it to the canonical host. */
    static Rule siteNames(
            SiteNames names,
            CanonicalHost canonical,
            UnknownHost unknownHost,
            Destination destination) {
        Rule.Result known = Rule.Result.passed("the host is one of the site's names");
        return new Rule("site-names", "") {
            @Override
            String configuration() {
                return String.join(", ", names.describe());
            }

            @Override
            Result evaluate(ParsedRequest request) {
                RequestedHost host = request.host();
                boolean isKnown =
                        host != null
                                && (names.covers(host)
                                        || canonical.is(host)
                                        || canonical.replaces(host));
                return isKnown
                        ? known
                        : Result.decided(unknown(request), DecisionReason.UNKNOWN_HOST.sentence());
            }

            private RedirectDecision unknown(ParsedRequest request) {
                DecisionReason reason = request.reasonOr(DecisionReason.UNKNOWN_HOST);
                @Nullable RequestedHost host = canonical.host();
                return unknownHost == UnknownHost.CANONICAL && host != null
                        ? destination.on(host, request.facts(), reason)
                        : new Refused(Refusal.UNKNOWN_HOST, reason);
            }
        };
    }

    /** The last rule: redirects to HTTPS. */
    static Rule https(CanonicalHost canonical, Destination destination) {
        return new Rule("https", "") {
            @Override
            Result evaluate(ParsedRequest request) {
                RequestedHost host = request.host();
                if (host == null) {
                    throw new IllegalStateException("No earlier rule refused a missing host");
                }
                return Result.decided(
                        destination.on(
                                canonical.insteadOf(host),
                                request.facts(),
                                request.reasonOr(DecisionReason.HTTPS_REQUIRED)),
                        DecisionReason.HTTPS_REQUIRED.sentence());
            }
        };
    }
}
