package dev.gatehouse.redirect;

/** What to do with a request that would be redirected but whose host is not a name of the site. */
enum UnknownHost {
    /** 421, with a page that lists the names. */
    REJECT,
    /** Redirected to the canonical host. */
    CANONICAL
}
