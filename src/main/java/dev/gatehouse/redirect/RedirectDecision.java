package dev.gatehouse.redirect;

/** What becomes of a request, and why. */
sealed interface RedirectDecision {

    Reason reason();

    /** As it stands in metric tags: {@code served}, {@code redirected}, {@code refused}. */
    default String outcome() {
        return switch (this) {
            case Served _ -> "served";
            case Redirected _ -> "redirected";
            case Refused _ -> "refused";
        };
    }

    /** Goes on to whatever serves it. */
    record Served(Reason reason) implements RedirectDecision {}

    /**
     * Is sent to HTTPS.
     *
     * @param status 301, or 308 where the method must be kept
     * @param location an absolute URL on one of the site's own names
     */
    record Redirected(int status, String location) implements RedirectDecision {

        @Override
        public Reason reason() {
            return Reason.HTTPS_REQUIRED;
        }
    }

    /**
     * Is answered with an error.
     *
     * @param status 400 for a request that cannot be understood, 421 for a host that is not ours
     */
    record Refused(int status, Reason reason) implements RedirectDecision {}
}
