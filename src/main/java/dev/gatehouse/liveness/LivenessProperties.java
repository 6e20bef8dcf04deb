package dev.gatehouse.liveness;

import dev.gatehouse.config.InvalidPropertyException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How each connector is watched, and when it is restarted.
 *
 * @param probeInterval time between two probes of a connector, half of it after one that failed,
 *     and between two looks at its parts
 * @param probeTimeout time within which a probe must be answered, connecting and handshake included
 * @param slowProbe time after which an answer is slow, and the connector busy
 * @param softDeadAfter time for which nobody on a fresh connection must have been answered, without
 *     an excuse, for a connector to be dead of silence
 * @param descriptorGrace time for which being out of file descriptors is an excuse
 * @param lateAfter time by which the watch must have been held up for that to be an excuse
 * @param oldestVerdict time after which a verdict that no look has renewed counts as DOWN
 * @param restartConnector whether a dead connector is stopped and started, while the other serves
 * @param restartPause time after a restart within which a connector is not restarted again
 * @param restartsPerHour the most restarts of a connector within an hour
 * @param aliveAfterRestart time within which a restarted connector must answer, or is left down
 * @param busyUnreadyAfter time after which a busy connector takes readiness; never when not set
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
