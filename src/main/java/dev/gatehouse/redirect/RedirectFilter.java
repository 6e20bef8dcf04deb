package dev.gatehouse.redirect;

import dev.gatehouse.gateway.TrustedHeaders;
import dev.gatehouse.redirect.RedirectDecision.Redirected;
import dev.gatehouse.redirect.RedirectDecision.Refusal;
import dev.gatehouse.redirect.RedirectDecision.Refused;
import dev.gatehouse.redirect.RedirectDecision.Served;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Carries out what {@link RedirectPolicy} decides. */
class RedirectFilter extends HttpFilter {

    private static final long serialVersionUID = 1L;

    /** Long enough to spare a round trip, short enough to be taken back; and in no shared cache. */
    private static final String PERMANENT_CACHING = "private, max-age=3600";

    private static final String TEMPORARY_CACHING = "private, no-store";

    private final transient RedirectPolicy policy;
    private final transient RedirectMode mode;
    private final transient DecisionRecorder recorder;
    private final transient Hsts hsts;
    private final transient TrustedHeaders trustedHeaders;
    private final transient RefusalPage refusalPage;

    RedirectFilter(
            RedirectPolicy policy,
            RedirectMode mode,
            DecisionRecorder recorder,
            Hsts hsts,
            TrustedHeaders trustedHeaders,
            RefusalPage refusalPage) {
        this.policy = policy;
        this.mode = mode;
        this.recorder = recorder;
        this.hsts = hsts;
        this.trustedHeaders = trustedHeaders;
        this.refusalPage = refusalPage;
    }

    @Override
    protected void doFilter(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        RedirectRequest facts = ServletRequestFacts.of(request);
        RedirectDecision decision = policy.decide(facts);
        recorder.record(facts, decision, request);
        hsts.writeTo(response, facts.connector());
        switch (mode.apply(decision)) {
            case Served served ->
                    chain.doFilter(trustedHeaders.apply(request, served.caller()), response);
            case Redirected redirected -> redirect(response, redirected);
            case Refused(Refusal refusal, _) -> refusalPage.write(request, response, refusal);
        }
    }

    private static void redirect(HttpServletResponse response, Redirected redirected) {
        response.setStatus(redirected.status());
        response.setHeader("Location", redirected.location());
        response.setHeader(
                "Cache-Control", redirected.isPermanent() ? PERMANENT_CACHING : TEMPORARY_CACHING);
        response.setContentLength(0);
    }
}
