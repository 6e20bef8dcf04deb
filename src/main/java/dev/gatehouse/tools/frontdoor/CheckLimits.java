package dev.gatehouse.tools.frontdoor;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** How often checks may be asked for: by one caller, of one host, and in total. */
class CheckLimits {

    private static final int REMEMBERED = 10_000;
    private static final int GATEWAY_FACTOR = 10;

    private final FrontDoorProperties properties;
    private final Bucket total;
    private final Map<String, Bucket> callers = remembered();
    private final Map<String, Bucket> targets = remembered();

    CheckLimits(FrontDoorProperties properties) {
        this.properties = properties;
        this.total = perMinute(properties.inTotal());
    }

    /** Takes one check from each, or says how long to wait. */
    synchronized Optional<Duration> take(Caller caller, String host) {
        int perCaller = properties.perCaller() * (caller.isGateway() ? GATEWAY_FACTOR : 1);
        return takeOne(callers.computeIfAbsent(caller.key(), _ -> perMinute(perCaller)))
                .or(
                        () ->
                                takeOne(
                                        targets.computeIfAbsent(
                                                host, _ -> perMinute(properties.perTarget()))))
                .or(() -> takeOne(total));
    }

    private static Optional<Duration> takeOne(Bucket bucket) {
        ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(1);
        return probe.isConsumed()
                ? Optional.empty()
                : Optional.of(Duration.ofNanos(probe.getNanosToWaitForRefill()));
    }

    private static Bucket perMinute(int count) {
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(count).refillGreedy(count, Duration.ofMinutes(1)))
                .build();
    }

    /** The longest unused is forgotten: strangers must not fill our memory. */
    private static Map<String, Bucket> remembered() {
        return new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
                return size() > REMEMBERED;
            }
        };
    }
}
