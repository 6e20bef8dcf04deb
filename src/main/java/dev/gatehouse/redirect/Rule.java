package dev.gatehouse.redirect;

/** One step of the policy: the first rule that decides has the last word. */
interface Rule {

    /** As it stands in the explanation and in the documentation: {@code loopback}. */
    String name();

    /** What the rule makes of a request. Without side effects, and without waiting. */
    Finding examine(ExaminedRequest request);

    /** What it is configured to, for people to read; no secret. */
    default String describe() {
        return "";
    }
}
