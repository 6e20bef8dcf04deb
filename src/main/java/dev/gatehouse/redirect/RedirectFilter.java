package dev.gatehouse.redirect;

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

    private final transient CurrentRedirect redirect;
    private final transient DecisionRecorder recorder;
    private final transient RefusalPage refusalPage;

    RedirectFilter(CurrentRedirect redirect, DecisionRecorder recorder, RefusalPage refusalPage) {
        this.redirect = redirect;
        this.recorder = recorder;
        this.refusalPage = refusalPage;
    }

    @Override
    protected void doFilter(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        RedirectSettings settings = redirect.get();
        RedirectRequest facts = ServletRequestFacts.of(request);
        RedirectDecision decision = settings.policy().decide(facts);
        recorder.record(settings, facts, decision, request);
        settings.hsts().writeTo(response, facts.connector());
        switch (settings.mode().apply(decision)) {
            case Served served ->
                    chain.doFilter(
                            settings.trustedHeaders().apply(request, served.caller()), response);
            case Redirected redirected -> redirect(response, redirected);
            case Refused(Refusal refusal, _) ->
                    refusalPage.write(request, response, refusal, settings.siteNames());
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
