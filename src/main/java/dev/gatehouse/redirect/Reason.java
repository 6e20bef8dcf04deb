package dev.gatehouse.redirect;

import java.util.Locale;

/** Why a decision fell as it did: a closed list, so that it can be a metric's tag. */
enum Reason {
    /** Came over TLS. */
    TLS,
    /** Asked for {@code /ping}. */
    PING,
    /** Asked for an ACME challenge, on plain HTTP. */
    ACME_CHALLENGE,
    /** Came from an API gateway that gave its secret. */
    GATEWAY,
    /** Came from this very machine. */
    LOOPBACK,
    /** Came from a network that is exempt. */
    NETWORK,
    /** Asked for a path that is exempt. */
    PATH,
    /** Came over TLS to a trusted proxy, which says so. */
    TRUSTED_PROXY,
    /** Would have been redirected or refused, were the redirect not switched off. */
    REDIRECT_OFF,
    /** Came over plain HTTP and has no exemption. */
    HTTPS_REQUIRED,
    /** Asked for the canonical host's other name, with or without {@code www.}. */
    CANONICAL_HOST,
    /** Has a gateway's header without its secret. */
    WRONG_GATEWAY_SECRET,
    /** Has a gateway's secret, outside the networks or the paths of that gateway. */
    GATEWAY_LIMITS,
    /** Says that it came over TLS to a proxy, but the peer is no trusted one. */
    UNTRUSTED_PROXY,
    /** Asked for a host that is none of the site's names. */
    UNKNOWN_HOST,
    /** Would have been redirected, and says that it is kubelet's probe. */
    KUBE_PROBE,
    /** Has no host, or one that is not a host, or a target that is not a path. */
    MALFORMED,
    /** Asked for something else in the folder of ACME challenges. */
    NOT_A_CHALLENGE;

    private final String tag = name().toLowerCase(Locale.ROOT).replace('_', '-');

    /** As it stands in metrics, in the log and in explanations. */
    String tag() {
        return tag;
    }
}
