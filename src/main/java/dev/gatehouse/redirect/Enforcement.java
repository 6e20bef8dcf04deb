package dev.gatehouse.redirect;

import dev.gatehouse.redirect.RedirectDecision.Redirected;
import dev.gatehouse.redirect.RedirectDecision.Refused;
import dev.gatehouse.redirect.RedirectDecision.Served;
import jakarta.servlet.ServletRequest;

/** Makes of a decision what the mode wants, counts it, and lets it go along with the request. */
class Enforcement {

    private static final Served SERVED = new Served(Reason.REDIRECT_OFF);

    private final RedirectMode mode;
    private final RedirectMetrics metrics;
    private final RedirectReport report;
    private final ProbeWarning probeWarning;

    Enforcement(
            RedirectMode mode,
            RedirectMetrics metrics,
            RedirectReport report,
            ProbeWarning probeWarning) {
        this.mode = mode;
        this.metrics = metrics;
        this.report = report;
        this.probeWarning = probeWarning;
    }

    /** What is to be carried out. */
    RedirectDecision enforce(
            RedirectRequest facts, RedirectDecision decision, ServletRequest request) {
        note(facts, outcome(decision), reason(decision), request);
        if (decision instanceof Served served) {
            note(served, request);
            return decision;
        }
        return switch (mode) {
            case ENFORCE -> {
                probeWarning.warnOf(facts, decision);
                yield decision;
            }
            case REPORT_ONLY -> {
                report.report(facts, decision);
                yield SERVED;
            }
            case OFF -> SERVED;
        };
    }

    private void note(
            RedirectRequest facts, Outcome outcome, Reason reason, ServletRequest request) {
        metrics.count(facts.connector(), outcome, reason);
        new Decided(outcome.tag(), reason.tag()).markOn(request);
    }

    private void note(Served served, ServletRequest request) {
        if (served.caller() != null) {
            metrics.count(served.caller());
            served.caller().markOn(request);
        }
    }

    private Outcome outcome(RedirectDecision decision) {
        return switch (mode) {
            case ENFORCE -> decision.outcome();
            case OFF -> Outcome.SERVED;
            case REPORT_ONLY ->
                    switch (decision) {
                        case Served _ -> Outcome.SERVED;
                        case Redirected _ -> Outcome.WOULD_REDIRECT;
                        case Refused _ -> Outcome.WOULD_REFUSE;
                    };
        };
    }

    private Reason reason(RedirectDecision decision) {
        return mode == RedirectMode.OFF && !(decision instanceof Served)
                ? Reason.REDIRECT_OFF
                : decision.reason();
    }
}
