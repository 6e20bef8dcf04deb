package dev.gatehouse.redirect;

import dev.gatehouse.redirect.RedirectDecision.Redirected;
import dev.gatehouse.redirect.RedirectDecision.Refused;

/**
 * Refuses kubelet's probes where they would be redirected: kubelet counts a redirect to another
 * host name as success (kubernetes#75416), so such a probe never fails. The User-Agent, which
 * anybody can send, only ever takes away.
 */
class KubeProbeGuard {

    private static final String NAME = "kube-probe";
    private static final String USER_AGENT = "kube-probe/";

    private static final Refused REFUSED = new Refused(Refusal.KUBE_PROBE);
    private static final Finding CAUGHT =
            Finding.decided(
                    REFUSED, "the User-Agent is kubelet's, which takes a redirect for success");
    private static final Finding OTHERS = Finding.passed("the User-Agent is not kubelet's");

    RedirectDecision check(RedirectRequest request, RedirectDecision decision, Trace trace) {
        if (!isAboutHost(decision)) {
            return decision;
        }
        boolean isProbe = isProbe(request);
        trace.note(NAME, isProbe ? CAUGHT : OTHERS);
        return isProbe ? REFUSED : decision;
    }

    /** A probe by the pod's address, which no certificate names, deserves the remedy as well. */
    private static boolean isAboutHost(RedirectDecision decision) {
        return decision instanceof Redirected
                || (decision instanceof Refused(Refusal refusal, _)
                        && refusal == Refusal.UNKNOWN_HOST);
    }

    static boolean isProbe(RedirectRequest request) {
        String userAgent = request.headers().first("User-Agent");
        return userAgent != null && userAgent.startsWith(USER_AGENT);
    }
}
