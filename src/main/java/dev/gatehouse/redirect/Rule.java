package dev.gatehouse.redirect;

import org.jspecify.annotations.Nullable;

/** One step of the policy. The first rule that decides ends the evaluation. */
abstract class Rule {

    private final String name;
    private final String configuration;

    /**
     * @param name as it appears in explanations and in the documentation: {@code loopback}
     * @param configuration what the rule is configured to, without secrets
     */
    Rule(String name, String configuration) {
        this.name = name;
        this.configuration = configuration;
    }

    String name() {
        return name;
    }

    String configuration() {
        return configuration;
    }

    /** The result for a request. Has no side effects and never waits. */
    abstract Result evaluate(ParsedRequest request);

    /**
     * What a rule makes of a request. Most results are constants, so that evaluation allocates
     * nothing.
     *
     * @param decision the decision, or null where the rule leaves it to the next one
     * @param suspicion the reason to report if the request is redirected in the end, or null
     * @param why a sentence without secrets
     */
    record Result(
            @Nullable RedirectDecision decision, @Nullable DecisionReason suspicion, String why) {

        static Result decided(RedirectDecision decision) {
            return decided(decision, decision.reason().sentence());
        }

        static Result decided(RedirectDecision decision, String why) {
            return new Result(decision, null, why);
        }

        static Result passed(String why) {
            return new Result(null, null, why);
        }

        static Result suspicious(DecisionReason suspicion, String why) {
            return new Result(null, suspicion, why);
        }
    }
}
