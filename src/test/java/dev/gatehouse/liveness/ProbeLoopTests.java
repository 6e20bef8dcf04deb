package dev.gatehouse.liveness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.liveness.ProbeResult.Answered;
import dev.gatehouse.liveness.ProbeResult.Failed;
import dev.gatehouse.liveness.ProbeResult.Failure;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When the next probe comes, and what is kept of the last. */
class ProbeLoopTests {

    private static final Duration INTERVAL = Duration.ofSeconds(2);
    private static final Clock CLOCK = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);

    private ProbeResult next = new Answered(Duration.ofMillis(5));
    private final List<ProbeResult> heard = new ArrayList<>();
    private final ProbeLoop loop = new ProbeLoop(() -> next, INTERVAL, CLOCK, heard::add);

    @Test
    void comesAfterTheIntervalWhenAnswered() {
        loop.probe();

        assertThat(loop.pause()).isEqualTo(INTERVAL);
        assertThat(loop.history().took()).isEqualTo(Duration.ofMillis(5));
        assertThat(heard).containsExactly(next);
    }

    @Test
    void comesSoonerWhenNotAnswered() {
        next = new Failed(Failure.REFUSED, "as the test has it");
        loop.probe();

        assertThat(loop.pause()).isEqualTo(INTERVAL.dividedBy(2));
        assertThat(loop.history().took()).isNull();
        assertThat(loop.history().failures()).isEqualTo(1);
    }
}
