package dev.gatehouse.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * In short; for two minutes by {@code bench/mixed-load}, which limits each probe to 1 s, and by
 * that lets no connector be BUSY.
 */
@EnabledOnOs(OS.LINUX) // other systems have one loopback address
class MixedLoadTests {

    private static final Logger logger = LoggerFactory.getLogger(MixedLoadTests.class);

    @TempDir private Path folder;

    @Test
    void probesWhenPasswordsAreWrongAndTargetsHostileAreAnswered() throws Exception {
        int seconds = Integer.getInteger("gatehouse-test.load.seconds", 20);
        Integer longestProbe = Integer.getInteger("gatehouse-test.load.longest-probe");

        MixedLoad.Outcome outcome =
                new MixedLoad(Duration.ofSeconds(seconds), 100, 200).run(folder);
        logger.info("Mixed load: {}", outcome);

        assertThat(outcome.unanswered()).as(outcome.toString()).isEmpty();
        assertThat(outcome.slowest()).as(outcome.toString()).hasSize(4);
        assertThat(outcome.dead()).as(outcome.toString()).isZero();
        // How many clients come to be locked (429) depends on how many hashes the machine compares.
        assertThat(outcome.logins()).as(outcome.toString()).containsKey(401);
        assertThat(outcome.logins().keySet()).as(outcome.toString()).containsAnyOf(429, 503);
        assertThat(outcome.checks()).as(outcome.toString()).containsKey(202);
        assertThat(outcome.watching()).as(outcome.toString()).isGreaterThanOrEqualTo(200);
        if (longestProbe != null) {
            assertThat(outcome.slowest().values())
                    .as(outcome.toString())
                    .allSatisfy(
                            slowest ->
                                    assertThat(slowest)
                                            .isLessThan(Duration.ofMillis(longestProbe)));
            assertThat(outcome.busy()).as(outcome.toString()).isZero();
        }
    }
}
