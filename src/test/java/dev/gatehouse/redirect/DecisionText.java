package dev.gatehouse.redirect;

import dev.gatehouse.redirect.RedirectDecision.Redirected;
import dev.gatehouse.redirect.RedirectDecision.Refusal;
import dev.gatehouse.redirect.RedirectDecision.Refused;
import dev.gatehouse.redirect.RedirectDecision.Served;

/** A decision in a line, as tests compare it. */
final class DecisionText {

    private DecisionText() {}

    /** Such as {@code 301 https://example.com/ (https-required)}. */
    static String of(RedirectPolicy policy, Facts facts) {
        return switch (policy.decide(facts.request())) {
            case Served(DecisionReason reason, var caller) ->
                    caller == null
                            ? "served (%s)".formatted(reason.tag())
                            : "served (%s) %s %d"
                                    .formatted(reason.tag(), caller.getName(), caller.secret());
            case Redirected(int status, String location, DecisionReason reason) ->
                    "%d %s (%s)".formatted(status, location, reason.tag());
            case Refused(Refusal refusal, DecisionReason reason) ->
                    "%d (%s)".formatted(refusal.status(), reason.tag());
        };
    }
}
