package dev.gatehouse.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class LongAwaitsTests {

    @Test
    void conditionIsAwaitedForAMinuteUnlessATestSaysOtherwise() {
        assertThat(Awaitility.await())
                .extracting("timeoutConstraint.maxWaitTime")
                .isEqualTo(Duration.ofMinutes(1));
    }
}
