package dev.gatehouse.tools.frontdoor;

import dev.gatehouse.connector.Arrival;
import dev.gatehouse.connector.IpAddressFormat;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import jakarta.servlet.http.HttpServletRequest;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.security.Principal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** How many checks may be submitted in a minute: by one caller, of one host, and in total. */
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

    /** Who submits a check: an API gateway by its name, or else the network of the peer. */
    record Caller(String key) {

        private static final String GATEWAY = "gateway:";
        private static final int NETWORK_BYTES = 8; // a household has a /64 of IPv6

        static Caller of(HttpServletRequest request) {
            Principal principal = request.getUserPrincipal();
            return principal != null && principal.getName().startsWith(GATEWAY)
                    ? new Caller(principal.getName())
                    : new Caller(network(Arrival.of(request).client()));
        }

        boolean isGateway() {
            return key.startsWith(GATEWAY);
        }

        private static String network(String peer) {
            try {
                InetAddress address = InetAddress.ofLiteral(peer);
                return address instanceof Inet6Address
                        ? Arrays.toString(Arrays.copyOf(address.getAddress(), NETWORK_BYTES))
                        : IpAddressFormat.format(address);
            } catch (IllegalArgumentException _) {
                return peer;
            }
        }
    }

    /**
     * What is left of one limit.
     *
     * @param quota checks in a minute
     * @param refill time until there is one more, where none is left
     */
    record Limit(String name, int quota, long remaining, Duration refill) {}

    /** What is left of each limit that was asked, the one that refuses last. */
    record Decision(List<Limit> limits, boolean isAllowed) {

        Duration retryAfter() {
            return limits.getLast().refill();
        }

        /** draft-ietf-httpapi-ratelimit-headers-10, 4. */
        String rateLimit() {
            return limits.stream()
                    .map(
                            limit ->
                                    "\"%s\";r=%d;t=%d"
                                            .formatted(
                                                    limit.name(),
                                                    limit.remaining(),
                                                    limit.refill().toSeconds() + 1))
                    .collect(Collectors.joining(", "));
        }

        /** draft-ietf-httpapi-ratelimit-headers-10, 3. */
        String policy() {
            return limits.stream()
                    .map(limit -> "\"%s\";q=%d;w=60".formatted(limit.name(), limit.quota()))
                    .collect(Collectors.joining(", "));
        }
    }

    /** Takes one check from each limit, as long as none refuses. */
    synchronized Decision take(Caller caller, String host) {
        int perCaller = properties.perCaller() * (caller.isGateway() ? GATEWAY_FACTOR : 1);
        int perTarget = properties.perTarget();
        List<Limit> limits = new ArrayList<>();
        boolean allowed =
                take("caller", perCaller, bucket(callers, caller.key(), perCaller), limits)
                        && take("target", perTarget, bucket(targets, host, perTarget), limits)
                        && take("total", properties.inTotal(), total, limits);
        return new Decision(limits, allowed);
    }

    private static boolean take(String name, int quota, Bucket bucket, List<Limit> limits) {
        ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(1);
        limits.add(
                new Limit(
                        name,
                        quota,
                        probe.getRemainingTokens(),
                        Duration.ofNanos(probe.getNanosToWaitForRefill())));
        return probe.isConsumed();
    }

    private static Bucket bucket(Map<String, Bucket> buckets, String key, int perMinute) {
        return buckets.computeIfAbsent(key, _ -> perMinute(perMinute));
    }

    private static Bucket perMinute(int count) {
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(count).refillGreedy(count, Duration.ofMinutes(1)))
                .build();
    }

    /** Bounded: the least recently used bucket is removed. */
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
