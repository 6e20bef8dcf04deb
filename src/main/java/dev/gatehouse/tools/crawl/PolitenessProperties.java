package dev.gatehouse.tools.crawl;

import dev.gatehouse.config.InvalidPropertyException;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the crawling tools treat other hosts.
 *
 * @param hostConnections requests to one host at the same time, by all jobs of this instance
 * @param hostInterval time between two requests to one host, by all jobs of this instance
 */
@ConfigurationProperties("gatehouse.dead-links")
record PolitenessProperties(
        @DefaultValue("10") int hostConnections, @DefaultValue("50ms") Duration hostInterval) {

    private static final int MOST_CONNECTIONS = 64;
    private static final Duration LONGEST_INTERVAL = Duration.ofMinutes(1);

    PolitenessProperties {
        if (hostConnections < 1 || hostConnections > MOST_CONNECTIONS) {
            throw new InvalidPropertyException(
                    "gatehouse.dead-links.host-connections",
                    hostConnections,
                    "is not a number from 1 to 64",
                    "Set it to 10, or to what your own hosts can take.");
        }
        if (hostInterval.isNegative() || hostInterval.compareTo(LONGEST_INTERVAL) > 0) {
            throw new InvalidPropertyException(
                    "gatehouse.dead-links.host-interval",
                    hostInterval,
                    "is not a duration from 0 to 1 minute",
                    "Set it to 50ms, or to 0 for hosts of your own.");
        }
    }
}
