package dev.gatehouse.connector;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PollerLoadTests {

    private static final long LOOK = Duration.ofSeconds(2).toNanos();

    @Test
    void spinsWhenMuchTimeBringsNothingAbout() {
        assertThat(PollerLoad.spins(LOOK, LOOK * 9 / 10, 0)).isTrue();
    }

    @Test
    void spinsWhenAFewVisitorsAreServedAllTheSame() {
        assertThat(PollerLoad.spins(LOOK, LOOK / 2, 500)).isTrue();
    }

    @Test
    void worksWhenItHandsOverThousands() {
        assertThat(PollerLoad.spins(LOOK, LOOK * 9 / 10, 60_000)).isFalse();
    }

    @Test
    void restsWhenItTakesHardlyAnyTime() {
        assertThat(PollerLoad.spins(LOOK, LOOK / 10, 0)).isFalse();
    }
}
