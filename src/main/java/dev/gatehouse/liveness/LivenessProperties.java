package dev.gatehouse.liveness;

import dev.gatehouse.config.PropertyChecks;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The checks of each connector, and its restarts.
 *
 * @param probeInterval time between two probes of a connector, half of it after one that failed,
 *     and between two checks of its threads and limits
 * @param probeTimeout time-out of a probe, connect and handshake included
 * @param slowProbe time after which a probe counts as slow, and the connector as busy
 * @param softDeadAfter time without a good answer on a fresh connection, and without an excuse,
 *     after which a connector is dead
 * @param descriptorGrace time for which being out of file descriptors is an excuse
 * @param lateAfter delay of a check that excuses missing answers
 * @param oldestVerdict age from which a verdict is DOWN
 * @param restartConnector whether a dead connector is stopped and started, while the other one
 *     serves
 * @param restartPause minimum time between two restarts of a connector
 * @param restartsPerHour maximum number of restarts of a connector within an hour
 * @param aliveAfterRestart time within which a restarted connector must answer
 * @param busyUnreadyAfter time after which a busy connector takes readiness; never if not set
 */
@ConfigurationProperties("gatehouse.liveness")
record LivenessProperties(
        @DefaultValue("2s") Duration probeInterval,
        @DefaultValue("10s") Duration probeTimeout,
        @DefaultValue("1s") Duration slowProbe,
        @DefaultValue("30s") Duration softDeadAfter,
        @DefaultValue("60s") Duration descriptorGrace,
        @DefaultValue("2s") Duration lateAfter,
        @DefaultValue("30s") Duration oldestVerdict,
        @DefaultValue("true") boolean restartConnector,
        @DefaultValue("5m") Duration restartPause,
        @DefaultValue("3") int restartsPerHour,
        @DefaultValue("5s") Duration aliveAfterRestart,
        @Nullable Duration busyUnreadyAfter) {

    private static final String EXAMPLE = "2s or 500ms";

    LivenessProperties {
        new PropertyChecks("gatehouse.liveness")
                .positive("probe-interval", probeInterval, EXAMPLE)
                .positive("probe-timeout", probeTimeout, EXAMPLE)
                .positive("slow-probe", slowProbe, EXAMPLE)
                .positive("soft-dead-after", softDeadAfter, EXAMPLE)
                .positive("descriptor-grace", descriptorGrace, EXAMPLE)
                .positive("late-after", lateAfter, EXAMPLE)
                .positive("oldest-verdict", oldestVerdict, EXAMPLE)
                .positive("alive-after-restart", aliveAfterRestart, EXAMPLE)
                .positive("restart-pause", restartPause, EXAMPLE)
                .positive("busy-unready-after", busyUnreadyAfter, EXAMPLE)
                .require(
                        restartsPerHour >= 1,
                        "restarts-per-hour",
                        restartsPerHour,
                        "is not at least 1",
                        "Set it to 1 or more, or gatehouse.liveness.restart-connector to false.")
                .require(
                        oldestVerdict.compareTo(probeInterval.multipliedBy(2)) >= 0,
                        "oldest-verdict",
                        oldestVerdict,
                        "is less than two probe intervals (probe-interval is "
                                + probeInterval
                                + ")",
                        "Set it to at least twice gatehouse.liveness.probe-interval.");
    }

    VerdictRule.Thresholds thresholds() {
        return new VerdictRule.Thresholds(slowProbe, softDeadAfter, descriptorGrace, lateAfter);
    }
}
