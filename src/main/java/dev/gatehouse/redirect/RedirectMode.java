package dev.gatehouse.redirect;

import dev.gatehouse.redirect.RedirectDecision.Outcome;
import dev.gatehouse.redirect.RedirectDecision.Redirected;
import dev.gatehouse.redirect.RedirectDecision.Refused;
import dev.gatehouse.redirect.RedirectDecision.Served;

/** How the decisions of the policy are applied. */
enum RedirectMode {
    /** They are carried out. */
    ENFORCE,
    /** Every request is served; those that would not be are counted and logged. */
    REPORT_ONLY,
    /** Every request is served. */
    OFF;

    private static final Served NOT_ENFORCED = new Served(DecisionReason.REDIRECT_OFF);

    /** The decision to carry out. */
    RedirectDecision apply(RedirectDecision decision) {
        return this == ENFORCE || decision instanceof Served ? decision : NOT_ENFORCED;
    }

    /** The outcome to record for a decision of the policy. */
    Outcome outcome(RedirectDecision decision) {
        if (this != REPORT_ONLY) {
            return apply(decision).outcome();
        }
        return switch (decision) {
            case Served _ -> Outcome.SERVED;
            case Redirected _ -> Outcome.WOULD_REDIRECT;
            case Refused _ -> Outcome.WOULD_REFUSE;
        };
    }

    /** The reason to record for a decision of the policy. */
    DecisionReason reason(RedirectDecision decision) {
        return this == OFF ? apply(decision).reason() : decision.reason();
    }
}
