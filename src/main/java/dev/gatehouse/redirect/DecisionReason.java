package dev.gatehouse.redirect;

import java.util.Locale;

/**
 * The reasons of decisions: a closed list of metric tags, each with the sentence that explains it.
 */
enum DecisionReason {
    TLS("it came by the HTTPS connector"),
    PING("the path is /ping, exactly"),
    ACME_CHALLENGE("the path is a challenge's"),
    GATEWAY("the secret is right"),
    LOOPBACK("the client is on this machine, requests this machine and sends no forwarding header"),
    NETWORK("the socket's peer is in one of them"),
    PATH("the path matches one of them"),
    TRUSTED_PROXY("the socket's peer is a trusted proxy and sent X-Forwarded-Proto: https"),
    REDIRECT_OFF("the redirect is not enforced"),
    HTTPS_REQUIRED("it came over plain HTTP and nothing exempts it"),
    CANONICAL_HOST("the host is the canonical host's other name"),
    WRONG_GATEWAY_SECRET("the gateway's header does not hold its secret"),
    GATEWAY_LIMITS("the secret is right, but the request is outside the gateway's limits"),
    UNTRUSTED_PROXY("X-Forwarded-Proto: https came from a peer that is no trusted proxy: ignored"),
    UNKNOWN_HOST("the host is none of the site's names"),
    KUBE_PROBE("the User-Agent is kubelet's, which takes a redirect for success"),
    MALFORMED("it has no host, or one that is not a host, or its target is not a path"),
    NOT_A_CHALLENGE("the path is in the challenges' folder, but is not a token");

    private final String tag = name().toLowerCase(Locale.ROOT).replace('_', '-');
    private final String sentence;

    DecisionReason(String sentence) {
        this.sentence = sentence;
    }

    /** The reason in metrics, in the log and in explanations. */
    String tag() {
        return tag;
    }

    String sentence() {
        return sentence;
    }
}
