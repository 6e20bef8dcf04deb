package dev.gatehouse.security;

import dev.gatehouse.connector.IpAddressFormat;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Counts the failed logins of each client: an IPv4 address, or the /64 network of an IPv6 one, as
 * the socket's peer has it. After {@link #FAILURES} of them in a minute the client is locked for
 * the rest of that minute.
 */
class FailureLimit {

    static final int FAILURES = 5;

    private static final Duration PERIOD = Duration.ofMinutes(1);
    private static final int MOST_CLIENTS = 10_000;
    private static final int NETWORK_BYTES = 8;

    private final TimeMeter clock;
    private final Map<String, Bucket> clients =
            new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
                    return size() > MOST_CLIENTS;
                }
            };

    FailureLimit(TimeMeter clock) {
        this.clock = clock;
    }

    /** The time until the client may try again; zero where it is not locked. */
    synchronized Duration lockedFor(String peer) {
        Bucket bucket = clients.get(client(peer));
        return bucket == null
                ? Duration.ZERO
                : Duration.ofNanos(bucket.estimateAbilityToConsume(1).getNanosToWaitForRefill());
    }

    synchronized void addFailure(String peer) {
        clients.computeIfAbsent(client(peer), _ -> newBucket()).tryConsume(1);
    }

    private Bucket newBucket() {
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(FAILURES).refillIntervally(FAILURES, PERIOD))
                .withCustomTimePrecision(clock)
                .build();
    }

    static String client(String peer) {
        int zone = peer.indexOf('%');
        InetAddress address = InetAddress.ofLiteral(zone < 0 ? peer : peer.substring(0, zone));
        return address instanceof Inet6Address
                ? Arrays.toString(Arrays.copyOf(address.getAddress(), NETWORK_BYTES))
                : IpAddressFormat.format(address);
    }
}
