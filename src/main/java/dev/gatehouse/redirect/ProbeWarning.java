package dev.gatehouse.redirect;

import dev.gatehouse.connector.PingFilter;
import dev.gatehouse.redirect.RedirectDecision.Refused;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the operator, once a minute at most, of a probe that could never have failed. */
class ProbeWarning {

    private static final Logger logger = LoggerFactory.getLogger(ProbeWarning.class);

    private final EveryMinute everyMinute;

    ProbeWarning(InstantSource clock) {
        this.everyMinute = new EveryMinute(clock);
    }

    void warnOf(RedirectRequest request, RedirectDecision decision) {
        if (decision instanceof Refused(Refusal refusal, _)
                && refusal == Refusal.KUBE_PROBE
                && everyMinute.tryPass()) {
            logger.warn(
                    "A kubelet probe of {} from {} would have been redirected, which kubelet takes"
                            + " for success: refused with 403. Probe {} instead, or the HTTPS"
                            + " connector with scheme HTTPS.",
                    LogText.of(request.path()),
                    request.peer(),
                    PingFilter.PATH);
        }
    }
}
