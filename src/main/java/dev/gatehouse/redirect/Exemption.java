package dev.gatehouse.redirect;

/** A rule by which a plain request is served where others are redirected. */
interface Exemption {

    /** Why a request that it exempts is served. */
    Reason reason();

    /** Whether the request is exempt. Sees plain requests alone. */
    boolean isExempt(RedirectRequest request);
}
