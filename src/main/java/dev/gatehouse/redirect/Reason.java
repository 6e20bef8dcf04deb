package dev.gatehouse.redirect;

import java.util.Locale;

/** Why a decision fell as it did: a closed list, so that it can be a metric's tag. */
enum Reason {
    /** Came over TLS. */
    TLS,
    /** Asked for {@code /ping}. */
    PING,
    /** Came from this very machine. */
    LOOPBACK,
    /** Came from an API gateway that gave its secret. */
    GATEWAY,
    /** Came over plain HTTP and has no exemption. */
    HTTPS_REQUIRED,
    /** Asked for a host that is none of the site's names. */
    UNKNOWN_HOST,
    /** Has no host, or one that is not a host, or a target that is not a path. */
    MALFORMED;

    String tag() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
