package dev.gatehouse.redirect;

import dev.gatehouse.redirect.RedirectDecision.Served;
import java.util.List;

/**
 * Decides what becomes of a request: a function of its plain facts alone. The rules are asked in
 * order, and the first that decides has the last word, but for the guard of kubelet's probes.
 */
class RedirectPolicy {

    private final List<Rule> rules;
    private final KubeProbeGuard guard = new KubeProbeGuard();

    /**
     * @param rules in the order in which they are asked; the last decides whatever it is asked
     */
    RedirectPolicy(List<Rule> rules) {
        this.rules = List.copyOf(rules);
    }

    List<Rule> rules() {
        return rules;
    }

    RedirectDecision decide(RedirectRequest request) {
        return decide(request, Trace.NONE);
    }

    /** As above, and tells the trace of each rule that was asked. */
    RedirectDecision decide(RedirectRequest request, Trace trace) {
        ExaminedRequest examined = new ExaminedRequest(request);
        for (int i = 0; i < rules.size(); i++) { // an iterator would be garbage
            Rule rule = rules.get(i);
            Finding finding = rule.examine(examined);
            trace.note(rule.name(), finding);
            if (finding.suspicion() != null) {
                examined.suspect(finding.suspicion());
            }
            if (finding.decision() != null) {
                return guard.check(request, named(finding.decision(), examined), trace);
            }
        }
        throw new IllegalStateException("No rule decided");
    }

    /** A broken secret has to show even where the request is served for another reason. */
    private static RedirectDecision named(RedirectDecision decision, ExaminedRequest examined) {
        Reason reason = decision.reason();
        return decision instanceof Served served
                        && served.caller() == null
                        && examined.reasonOr(reason) == Reason.WRONG_GATEWAY_SECRET
                ? new Served(Reason.WRONG_GATEWAY_SECRET)
                : decision;
    }
}
