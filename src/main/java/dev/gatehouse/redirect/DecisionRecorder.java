package dev.gatehouse.redirect;

import dev.gatehouse.connector.PingFilter;
import dev.gatehouse.redirect.RedirectDecision.Refusal;
import dev.gatehouse.redirect.RedirectDecision.Refused;
import dev.gatehouse.redirect.RedirectDecision.Served;
import jakarta.servlet.ServletRequest;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records each decision: in the metrics, on the request for the access log and the principal, and
 * in the log where the operator has to act, at most once a minute: a request that report-only mode
 * serves, one of each class of clients, and a probe of kubelet's that could never fail.
 */
class DecisionRecorder {

    private static final Logger logger = LoggerFactory.getLogger(DecisionRecorder.class);
    private static final Set<String> METHODS =
            Set.of("GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS");

    private final RedirectMetrics metrics;
    private final InstantSource clock;
    private final LogRateLimiter probeWarnings;
    private final Map<ClientKind, LogRateLimiter> reports = new ConcurrentHashMap<>();

    DecisionRecorder(RedirectMetrics metrics, InstantSource clock) {
        this.metrics = metrics;
        this.clock = clock;
        this.probeWarnings = new LogRateLimiter(clock);
    }

    void record(
            RedirectSettings settings,
            RedirectRequest facts,
            RedirectDecision decision,
            ServletRequest request) {
        RedirectMode mode = settings.mode();
        RedirectDecision.Outcome outcome = mode.outcome(decision);
        DecisionReason reason = mode.reason(decision);
        metrics.count(facts.connector(), outcome, reason);
        new RecordedDecision(outcome.tag(), reason.tag()).markOn(request);
        if (decision instanceof Served served) {
            recordCaller(served, request);
        } else if (mode == RedirectMode.REPORT_ONLY) {
            report(settings.gatewayHeaders(), facts, decision);
        } else if (mode == RedirectMode.ENFORCE) {
            warnOfProbe(facts, decision);
        }
    }

    private void recordCaller(Served served, ServletRequest request) {
        if (served.caller() != null) {
            metrics.count(served.caller());
            served.caller().markOn(request);
        }
    }

    private void report(
            Set<String> gatewayHeaders, RedirectRequest request, RedirectDecision decision) {
        ClientKind client = ClientKind.of(request, gatewayHeaders);
        metrics.countReported(
                client, METHODS.contains(request.method()) ? request.method() : "OTHER");
        if (reports.computeIfAbsent(client, _ -> new LogRateLimiter(clock)).tryPass()) {
            logger.info(
                    "Report only: a request of class {} would have been {} ({}): {} {} of host {}"
                            + " from {}, User-Agent {}",
                    client.tag(),
                    decision.outcome().tag(),
                    decision.reason().tag(),
                    LogSanitizer.sanitize(request.method()),
                    LogSanitizer.sanitize(request.path()),
                    LogSanitizer.sanitize(request.host()),
                    request.peer(),
                    LogSanitizer.sanitize(request.headers().first("User-Agent")));
        }
    }

    private void warnOfProbe(RedirectRequest request, RedirectDecision decision) {
        if (decision instanceof Refused(Refusal refusal, _)
                && refusal == Refusal.KUBE_PROBE
                && probeWarnings.tryPass()) {
            logger.warn(
                    "A kubelet probe of {} from {} would have been redirected, which kubelet takes"
                            + " for success: refused with 403. Probe {} instead, or the HTTPS"
                            + " connector with scheme HTTPS.",
                    LogSanitizer.sanitize(request.path()),
                    request.peer(),
                    PingFilter.PATH);
        }
    }
}
