package dev.gatehouse.redirect;

import dev.gatehouse.redirect.RedirectDecision.Served;
import java.util.List;

/**
 * Decides what happens to a request: a pure function of its plain facts, as an ordered list of
 * rules.
 */
class RedirectPolicy {

    private static final RuleListener NO_LISTENER = (_, _) -> {};

    private final List<Rule> rules;

    /**
     * @param rules in the order of their evaluation; the last one always decides
     */
    RedirectPolicy(List<Rule> rules) {
        this.rules = List.copyOf(rules);
    }

    /** Is told of each rule that is evaluated, and of its result. */
    interface RuleListener {
        void evaluated(Rule rule, Rule.Result result);
    }

    List<Rule> rules() {
        return rules;
    }

    RedirectDecision decide(RedirectRequest request) {
        return decide(request, NO_LISTENER);
    }

    RedirectDecision decide(RedirectRequest request, RuleListener listener) {
        ParsedRequest parsed = new ParsedRequest(request);
        for (int i = 0; i < rules.size(); i++) { // an iterator would be garbage
            Rule rule = rules.get(i);
            Rule.Result result = rule.evaluate(parsed);
            listener.evaluated(rule, result);
            if (result.suspicion() != null) {
                parsed.suspect(result.suspicion());
            }
            if (result.decision() != null) {
                return withWrongSecret(result.decision(), parsed);
            }
        }
        throw new IllegalStateException("No rule decided");
    }

    /** A wrong secret is reported even where another rule serves the request. */
    private static RedirectDecision withWrongSecret(
            RedirectDecision decision, ParsedRequest request) {
        return decision instanceof Served served
                        && served.caller() == null
                        && request.reasonOr(served.reason()) == DecisionReason.WRONG_GATEWAY_SECRET
                ? new Served(DecisionReason.WRONG_GATEWAY_SECRET)
                : decision;
    }
}
