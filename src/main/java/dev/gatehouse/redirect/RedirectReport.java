package dev.gatehouse.redirect;

import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells whom the policy would have caught: each counted by client class and method, and one of each
 * class a minute shown in the log.
 */
class RedirectReport {

    private static final Logger logger = LoggerFactory.getLogger(RedirectReport.class);

    private static final Set<String> METHODS =
            Set.of("GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS");

    private final Set<String> gatewayHeaders;
    private final RedirectMetrics metrics;
    private final InstantSource clock;
    private final Map<ClientClass, EveryMinute> samples = new ConcurrentHashMap<>();

    RedirectReport(Set<String> gatewayHeaders, RedirectMetrics metrics, InstantSource clock) {
        this.gatewayHeaders = gatewayHeaders;
        this.metrics = metrics;
        this.clock = clock;
    }

    void report(RedirectRequest request, RedirectDecision decision) {
        ClientClass client = ClientClass.of(request, gatewayHeaders);
        metrics.countReported(
                client, METHODS.contains(request.method()) ? request.method() : "OTHER");
        if (samples.computeIfAbsent(client, _ -> new EveryMinute(clock)).tryPass()) {
            logger.info(
                    "Report only: a request of class {} would have been {} ({}): {} {} of host {}"
                            + " from {}, User-Agent {}",
                    client.tag(),
                    decision.outcome().tag(),
                    decision.reason().tag(),
                    LogText.of(request.method()),
                    LogText.of(request.path()),
                    LogText.of(request.host()),
                    request.peer(),
                    LogText.of(request.headers().first("User-Agent")));
        }
    }
}
