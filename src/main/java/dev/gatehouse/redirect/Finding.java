package dev.gatehouse.redirect;

import org.jspecify.annotations.Nullable;

/**
 * What a rule made of a request. Most are constants: looking costs no garbage.
 *
 * @param decision what becomes of the request, or null where the rule leaves it to the next
 * @param suspicion the reason to give if the request is redirected in the end, or null
 * @param why a sentence that holds nothing secret
 */
record Finding(@Nullable RedirectDecision decision, @Nullable Reason suspicion, String why) {

    static Finding decided(RedirectDecision decision, String why) {
        return new Finding(decision, null, why);
    }

    static Finding passed(String why) {
        return new Finding(null, null, why);
    }

    static Finding suspicious(Reason suspicion, String why) {
        return new Finding(null, suspicion, why);
    }
}
