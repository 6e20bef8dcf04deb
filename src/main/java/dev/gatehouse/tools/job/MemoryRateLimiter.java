package dev.gatehouse.tools.job;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Limits of one instance. Bounded: the limit that was least recently asked is forgotten. */
public final class MemoryRateLimiter implements RateLimiter {

    private static final int REMEMBERED = 20_000;

    private final Map<Limit, Bucket> buckets =
            new LinkedHashMap<>(16, 0.75f, true) {

                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<Limit, Bucket> eldest) {
                    return size() > REMEMBERED;
                }
            };

    @Override
    public synchronized Decision take(List<Limit> limits) {
        List<Level> levels = new ArrayList<>();
        for (Limit limit : limits) {
            ConsumptionProbe probe =
                    buckets.computeIfAbsent(limit, MemoryRateLimiter::bucket)
                            .tryConsumeAndReturnRemaining(1);
            levels.add(
                    new Level(
                            limit,
                            probe.getRemainingTokens(),
                            Duration.ofNanos(probe.getNanosToWaitForRefill())));
            if (!probe.isConsumed()) {
                return new Decision(levels, false);
            }
        }
        return new Decision(levels, true);
    }

    private static Bucket bucket(Limit limit) {
        int count = limit.perMinute();
        return Bucket.builder()
                .addLimit(b -> b.capacity(count).refillGreedy(count, Duration.ofMinutes(1)))
                .build();
    }
}
