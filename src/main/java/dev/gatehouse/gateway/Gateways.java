package dev.gatehouse.gateway;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The configured gateways, in their order.
 *
 * @param secretRefresh time between two readings of their secret files
 */
public record Gateways(List<Gateway> all, Duration secretRefresh) {

    /** The headers in which they send their secrets, in lower case. */
    public Set<String> headers() {
        return all.stream()
                .map(gateway -> gateway.header().toLowerCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet());
    }
}
