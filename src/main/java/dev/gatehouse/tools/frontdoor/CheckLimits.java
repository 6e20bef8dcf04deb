package dev.gatehouse.tools.frontdoor;

import dev.gatehouse.connector.Arrival;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import jakarta.servlet.http.HttpServletRequest;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.security.Principal;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

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
                    : new Caller(network(Arrival.of(request).peer()));
        }

        boolean isGateway() {
            return key.startsWith(GATEWAY);
        }

        private static String network(String peer) {
            try {
                InetAddress address = InetAddress.ofLiteral(peer);
                return address instanceof Inet6Address
                        ? Arrays.toString(Arrays.copyOf(address.getAddress(), NETWORK_BYTES))
                        : address.getHostAddress();
            } catch (IllegalArgumentException _) {
                return peer;
            }
        }
    }

    /** Takes one check from each limit, or returns how long to wait. */
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
