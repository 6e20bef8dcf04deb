package dev.gatehouse.redirect;

import dev.gatehouse.redirect.RedirectDecision.Redirected;
import dev.gatehouse.redirect.RedirectDecision.Refusal;
import dev.gatehouse.redirect.RedirectDecision.Refused;
import dev.gatehouse.redirect.RedirectDecision.Served;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A decision of the policy, with the result of each rule.
 *
 * @param outcome {@code served}, {@code redirected} or {@code refused}, were the policy enforced
 * @param status the status of the answer, or null where what serves it says
 * @param location where it is redirected to, or null
 * @param rules every rule in order, and why it matched or did not
 */
record DecisionExplanation(
        String outcome,
        String reason,
        @Nullable Integer status,
        @Nullable String location,
        List<Step> rules) {

    private static final String NOT_ASKED = "not asked: an earlier rule decided";

    /**
     * The result of one rule.
     *
     * @param matched whether the rule decided
     */
    record Step(String rule, boolean matched, String why) {}

    static DecisionExplanation of(RedirectPolicy policy, RedirectRequest request) {
        List<Step> steps = new ArrayList<>();
        RedirectDecision decision =
                policy.decide(
                        request,
                        (rule, result) ->
                                steps.add(
                                        new Step(
                                                rule.name(),
                                                result.decision() != null,
                                                result.why())));
        policy.rules().stream()
                .map(Rule::name)
                .filter(name -> steps.stream().noneMatch(step -> step.rule().equals(name)))
                .forEach(name -> steps.add(new Step(name, false, NOT_ASKED)));
        return new DecisionExplanation(
                decision.outcome().tag(),
                decision.reason().tag(),
                status(decision),
                decision instanceof Redirected redirected ? redirected.location() : null,
                List.copyOf(steps));
    }

    private static @Nullable Integer status(RedirectDecision decision) {
        return switch (decision) {
            case Served _ -> null;
            case Redirected redirected -> redirected.status();
            case Refused(Refusal refusal, _) -> refusal.status();
        };
    }
}
