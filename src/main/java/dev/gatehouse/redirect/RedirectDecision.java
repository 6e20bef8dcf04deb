package dev.gatehouse.redirect;

import dev.gatehouse.gateway.GatewayPrincipal;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What happens to a request, and why. */
sealed interface RedirectDecision {

    DecisionReason reason();

    /** The outcome while the redirect is enforced. */
    default Outcome outcome() {
        return switch (this) {
            case Served _ -> Outcome.SERVED;
            case Redirected _ -> Outcome.REDIRECTED;
            case Refused _ -> Outcome.REFUSED;
        };
    }

    /**
     * Passed on to the application.
     *
     * @param caller the API gateway that proved who it is, or null
     */
    record Served(DecisionReason reason, @Nullable GatewayPrincipal caller)
            implements RedirectDecision {

        Served(DecisionReason reason) {
            this(reason, null);
        }
    }

    /**
     * Redirected to HTTPS.
     *
     * @param status 301 or 302, or 308 or 307 where the method must be kept
     * @param location an absolute URL on one of the site's own names
     */
    record Redirected(int status, String location, DecisionReason reason)
            implements RedirectDecision {

        boolean isPermanent() {
            return status == 301 || status == 308;
        }
    }

    /** Answered with an error. */
    record Refused(Refusal refusal, DecisionReason reason) implements RedirectDecision {

        Refused(Refusal refusal) {
            this(refusal, DecisionReason.valueOf(refusal.name()));
        }
    }

    /** The kinds of refusal, each with its status. */
    enum Refusal {
        MALFORMED(400),
        KUBE_PROBE(403),
        NOT_A_CHALLENGE(404),
        /** RFC 9110, 15.5.20. */
        UNKNOWN_HOST(421);

        private final int status;

        Refusal(int status) {
            this.status = status;
        }

        int status() {
            return status;
        }
    }

    /** The outcome of a request, as a tag of metrics. */
    enum Outcome {
        SERVED,
        REDIRECTED,
        REFUSED,
        /** Served in report-only mode; redirected once the policy is enforced. */
        WOULD_REDIRECT,
        /** Served in report-only mode; refused once the policy is enforced. */
        WOULD_REFUSE;

        private final String tag = name().toLowerCase(Locale.ROOT).replace('_', '-');

        String tag() {
            return tag;
        }
    }
}
