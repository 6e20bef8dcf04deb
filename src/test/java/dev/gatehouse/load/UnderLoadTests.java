package dev.gatehouse.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** In short; at length by {@code bench/liveness-under-load}, which sets the properties. */
@EnabledIfSystemProperty(named = "gatehouse.load", matches = "true")
class UnderLoadTests {

    private static final Logger logger = LoggerFactory.getLogger(UnderLoadTests.class);

    @TempDir private Path folder;

    @Test
    void callsNobodyDeadAndFindsTheDeadWhenSaturated() throws Exception {
        int rounds = Integer.getInteger("gatehouse.load.rounds", 1);
        UnderLoad load =
                new UnderLoad(
                        Duration.ofSeconds(Integer.getInteger("gatehouse.load.seconds", 15)),
                        Integer.getInteger("gatehouse.load.slow-posts", 200),
                        Integer.getInteger("gatehouse.load.idle-tls", 300),
                        rounds);

        UnderLoad.Report report = load.run(folder);
        logger.info("Under load:\n{}", report);

        assertThat(report.deaths()).as(report.toString()).isZero();
        assertThat(report.faults())
                .as(report.toString())
                .hasSize(4 * rounds)
                .noneMatch(fault -> fault.endsWith("MISSED"));
    }
}
