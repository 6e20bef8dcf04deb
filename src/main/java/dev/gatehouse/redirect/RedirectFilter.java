package dev.gatehouse.redirect;

import dev.gatehouse.connector.Arrival;
import dev.gatehouse.redirect.RedirectDecision.Redirected;
import dev.gatehouse.redirect.RedirectDecision.Refused;
import dev.gatehouse.redirect.RedirectDecision.Served;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** First of all filters: carries out what {@link RedirectPolicy} decides. */
class RedirectFilter extends HttpFilter {

    private static final long serialVersionUID = 1L;

    /** Long enough to spare a round trip, short enough to be taken back; and in no shared cache. */
    private static final String REDIRECT_CACHING = "private, max-age=3600";

    private final transient RedirectPolicy policy;
    private final transient RedirectMetrics metrics;
    private final transient RefusalPage refusalPage;

    RedirectFilter(RedirectPolicy policy, RedirectMetrics metrics, RefusalPage refusalPage) {
        this.policy = policy;
        this.metrics = metrics;
        this.refusalPage = refusalPage;
    }

    @Override
    protected void doFilter(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        RedirectRequest facts = facts(request);
        RedirectDecision decision = policy.decide(facts);
        metrics.count(facts.connector(), decision);
        new Decided(decision.outcome(), decision.reason().tag()).markOn(request);
        switch (decision) {
            case Served _ -> chain.doFilter(request, response);
            case Redirected redirected -> redirect(response, redirected);
            case Refused refused -> refusalPage.write(response, refused);
        }
    }

    private static RedirectRequest facts(HttpServletRequest request) {
        Arrival arrival = Arrival.of(request);
        return new RedirectRequest(
                arrival.connector(),
                arrival.peer(),
                request.getMethod(),
                request.getHeader("Host"),
                request.getRequestURI(),
                request.getQueryString(),
                new ServletHeaders(request));
    }

    private static void redirect(HttpServletResponse response, Redirected redirected) {
        response.setStatus(redirected.status());
        response.setHeader("Location", redirected.location());
        response.setHeader("Cache-Control", REDIRECT_CACHING);
        response.setContentLength(0);
    }
}
