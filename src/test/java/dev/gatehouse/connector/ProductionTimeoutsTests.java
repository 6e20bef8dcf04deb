package dev.gatehouse.connector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testing.RunningGatehouse;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The slow at production's own time-outs, all at once; by {@code bench/liveness-timings}, since it
 * takes half a minute.
 */
@EnabledIfSystemProperty(named = "gatehouse-test.timings", matches = "true")
class ProductionTimeoutsTests {

    private static final Logger logger = LoggerFactory.getLogger(ProductionTimeoutsTests.class);

    private static final Duration HANDSHAKE = Duration.ofSeconds(20);
    private static final Duration HEADER = Duration.ofSeconds(30);
    private static final Duration LENIENCE = Duration.ofSeconds(3);

    /** Often enough for a time-out that begins anew with each byte never to end. */
    private static final Duration BETWEEN_DRIPS = Duration.ofSeconds(5);

    @Test
    void cutsOffEachAtItsTimeout() throws Exception {
        Map<SlowPeer, Future<Duration>> running = new EnumMap<>(SlowPeer.class);
        try (RunningGatehouse gatehouse = RunningGatehouse.start();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (SlowPeer peer : SlowPeer.values()) {
                int port = gatehouse.port(peer.connector());
                running.put(
                        peer,
                        threads.submit(
                                () ->
                                        peer.untilCutOff(
                                                port, BETWEEN_DRIPS, HEADER.multipliedBy(2))));
            }
            for (Map.Entry<SlowPeer, Future<Duration>> entry : running.entrySet()) {
                Duration timeout = entry.getKey().isOfHeader() ? HEADER : HANDSHAKE;
                Duration took = entry.getValue().get();
                logger.info("{} cut off after {} ms", entry.getKey(), took.toMillis());
                assertThat(took)
                        .as(entry.getKey().name())
                        .isBetween(timeout.minusSeconds(1), timeout.plus(LENIENCE));
            }
        }
    }
}
