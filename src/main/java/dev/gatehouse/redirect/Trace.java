package dev.gatehouse.redirect;

/** Listens to a decision as it is made, rule by rule. */
interface Trace {

    /** Listens to nothing: what live requests are decided with. */
    Trace NONE = (rule, finding) -> {};

    void note(String rule, Finding finding);
}
