package dev.gatehouse.tools.frontdoor;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the last look from outside. The site is dead after two failed looks in a row: one lost
 * packet is no death.
 */
class OutsideWatch {

    private static final Logger logger = LoggerFactory.getLogger(OutsideWatch.class);
    private static final int LOOKS_TO_DIE = 2;
    private static final int LOOKS_TO_MISS = 3;

    private final OutsideProperties properties;
    private final Supplier<OutsideProbe> newProbe;
    private volatile @Nullable OutsideLook last;
    private volatile boolean dead;
    private int failures;
    private @Nullable OutsideProbe probe;

    OutsideWatch(OutsideProperties properties, Supplier<OutsideProbe> newProbe) {
        this.properties = properties;
        this.newProbe = newProbe;
    }

    /** The last look, or null before the first. */
    @Nullable OutsideLook last() {
        return last;
    }

    /** Whether the site is dead from outside. */
    boolean isDead() {
        return dead;
    }

    /** Whether three looks in a row are missing, and half a minute more has passed. */
    boolean isStale(Instant now) {
        OutsideLook look = last;
        Duration allowed =
                properties
                        .interval()
                        .plus(properties.jitter())
                        .multipliedBy(LOOKS_TO_MISS)
                        .plusSeconds(30);
        return look != null && look.at().plus(allowed).isBefore(now);
    }

    boolean isConfigured() {
        return properties.url() != null;
    }

    /** Takes a look in. */
    void saw(OutsideLook look) {
        boolean first = last == null;
        last = look;
        failures = look.isUp() ? 0 : failures + 1;
        boolean now = failures >= LOOKS_TO_DIE;
        if (now && !dead) {
            logger.error("{} is DEAD from outside: {}", properties.url(), look.describe());
        } else if (!now && (dead || first) && look.isUp()) {
            logger.info("{} is ALIVE from outside: {}", properties.url(), look.describe());
        }
        dead = now;
    }

    /** Looks once. The probe is made at the first look, so that the start does not wait for it. */
    void look() {
        OutsideProbe current = probe;
        if (current == null) {
            current = newProbe.get();
            probe = current;
        }
        saw(current.look());
    }

    /** The pause until the next look, with jitter. */
    Duration pause() {
        long jitter = ThreadLocalRandom.current().nextLong(properties.jitter().toMillis() + 1);
        return properties.interval().plusMillis(jitter);
    }
}
