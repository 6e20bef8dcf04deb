package dev.gatehouse.redirect;

/** The ways in which a request is refused, each with its status. */
enum Refusal {
    /** The request cannot be understood. */
    MALFORMED(400),
    /** A probe of kubelet's, which takes a redirect to another host for success. */
    KUBE_PROBE(403),
    /** Not a token where only tokens are. */
    NOT_A_CHALLENGE(404),
    /** Not one of the site's names (RFC 9110, 15.5.20). */
    UNKNOWN_HOST(421);

    private final int status;

    Refusal(int status) {
        this.status = status;
    }

    int status() {
        return status;
    }
}
