package dev.gatehouse.liveness;

import dev.gatehouse.config.InvalidPropertyException;
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

    LivenessProperties {
        requirePositive("probe-interval", probeInterval);
        requirePositive("probe-timeout", probeTimeout);
        requirePositive("slow-probe", slowProbe);
        requirePositive("soft-dead-after", softDeadAfter);
        requirePositive("descriptor-grace", descriptorGrace);
        requirePositive("late-after", lateAfter);
        requirePositive("oldest-verdict", oldestVerdict);
        requirePositive("alive-after-restart", aliveAfterRestart);
        if (busyUnreadyAfter != null) {
            requirePositive("busy-unready-after", busyUnreadyAfter);
        }
        requirePositive("restart-pause", restartPause);
        requireSomeRestarts(restartsPerHour);
        requireRoomForLooks(probeInterval, oldestVerdict);
    }

    VerdictRule.Thresholds thresholds() {
        return new VerdictRule.Thresholds(slowProbe, softDeadAfter, descriptorGrace, lateAfter);
    }

    private static void requirePositive(String name, Duration value) {
        if (value.toMillis() <= 0) {
            throw new InvalidPropertyException(
                    "gatehouse.liveness." + name,
                    value,
                    "is not a positive duration",
                    "Set it to a duration such as 2s or 500ms.");
        }
    }

    private static void requireSomeRestarts(int restartsPerHour) {
        if (restartsPerHour < 1) {
            throw new InvalidPropertyException(
                    "gatehouse.liveness.restarts-per-hour",
                    restartsPerHour,
                    "is not at least 1",
                    "Set it to 1 or more, or gatehouse.liveness.restart-connector to false.");
        }
    }

    private static void requireRoomForLooks(Duration probeInterval, Duration oldestVerdict) {
        if (oldestVerdict.compareTo(probeInterval.multipliedBy(2)) < 0) {
            throw new InvalidPropertyException(
                    "gatehouse.liveness.oldest-verdict",
                    oldestVerdict,
                    "is less than two looks apart (probe-interval is " + probeInterval + ")",
                    "Set it to at least twice gatehouse.liveness.probe-interval.");
        }
    }
}
