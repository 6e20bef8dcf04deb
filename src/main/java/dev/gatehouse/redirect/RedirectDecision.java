package dev.gatehouse.redirect;

import dev.gatehouse.gateway.GatewayPrincipal;
import org.jspecify.annotations.Nullable;

/** What becomes of a request, and why. */
sealed interface RedirectDecision {

    Reason reason();

    /** As it stands in metric tags: {@code served}, {@code redirected}, {@code refused}. */
    default Outcome outcome() {
        return switch (this) {
            case Served _ -> Outcome.SERVED;
            case Redirected _ -> Outcome.REDIRECTED;
            case Refused _ -> Outcome.REFUSED;
        };
    }

    /**
     * Goes on to whatever serves it.
     *
     * @param caller the API gateway that proved who it is, or null
     */
    record Served(Reason reason, @Nullable GatewayPrincipal caller) implements RedirectDecision {

        Served(Reason reason) {
            this(reason, null);
        }
    }

    /**
     * Is sent elsewhere, to HTTPS in any case.
     *
     * @param status 301 or 302, or 308 or 307 where the method must be kept
     * @param location an absolute URL on one of the site's own names
     */
    record Redirected(int status, String location, Reason reason) implements RedirectDecision {

        boolean isPermanent() {
            return status == 301 || status == 308;
        }
    }

    /** Is answered with an error. */
    record Refused(Refusal refusal, Reason reason) implements RedirectDecision {

        Refused(Refusal refusal) {
            this(refusal, Reason.valueOf(refusal.name()));
        }
    }
}
