package dev.gatehouse.tools.outside;

import dev.gatehouse.liveness.PublicAddressCheck;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the last result of the probe from outside. The site is dead after two failed probes in a
 * row: one may fail for a lost packet.
 */
class OutsideMonitor implements PublicAddressCheck {

    private static final Logger logger = LoggerFactory.getLogger(OutsideMonitor.class);
    private static final int FAILURES_TO_DIE = 2;
    private static final int MISSED_PROBES = 3;

    private final OutsideProperties properties;
    private final Supplier<OutsideProbe> newProbe;
    private final Clock clock;
    private volatile @Nullable OutsideResult last;
    private volatile boolean dead;
    private int failures;
    private @Nullable OutsideProbe probe;

    OutsideMonitor(OutsideProperties properties, Supplier<OutsideProbe> newProbe, Clock clock) {
        this.clock = clock;
        this.properties = properties;
        this.newProbe = newProbe;
    }

    /** The last result, or null before the first. */
    @Nullable OutsideResult last() {
        return last;
    }

    /** Whether the site is dead from outside. */
    boolean isDead() {
        return dead;
    }

    @Override
    public Optional<Result> result() {
        OutsideResult result = last;
        return result == null || isStale(clock.instant())
                ? Optional.empty()
                : Optional.of(new Result(dead, result.describe(), result.took()));
    }

    /** Whether three probes in a row are missing, and half a minute more has passed. */
    boolean isStale(Instant now) {
        OutsideResult result = last;
        Duration allowed =
                properties
                        .interval()
                        .plus(properties.jitter())
                        .multipliedBy(MISSED_PROBES)
                        .plusSeconds(30);
        return result != null && result.at().plus(allowed).isBefore(now);
    }

    boolean isConfigured() {
        return properties.url() != null;
    }

    /** Records a result. */
    void record(OutsideResult result) {
        boolean first = last == null;
        last = result;
        failures = result.isUp() ? 0 : failures + 1;
        boolean now = failures >= FAILURES_TO_DIE;
        if (now && !dead) {
            logger.error("{} is DEAD from outside: {}", properties.url(), result.describe());
        } else if (!now && (dead || first) && result.isUp()) {
            logger.info("{} is ALIVE from outside: {}", properties.url(), result.describe());
        }
        dead = now;
    }

    /**
     * Probes once. The probe is created at its first use, so that the start does not wait for it.
     */
    void probe() {
        OutsideProbe current = probe;
        if (current == null) {
            current = newProbe.get();
            probe = current;
        }
        record(current.probe());
    }

    /** The pause until the next probe, with jitter. */
    Duration pause() {
        long jitter = ThreadLocalRandom.current().nextLong(properties.jitter().toMillis() + 1);
        return properties.interval().plusMillis(jitter);
    }
}
