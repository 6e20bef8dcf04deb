package dev.gatehouse.redirect;

/** What becomes of a request that would be redirected but asks for a host that is not ours. */
enum UnknownHost {
    /** 421, with a page that lists the names. */
    REJECT,
    /** Redirected to the canonical host. */
    CANONICAL
}
