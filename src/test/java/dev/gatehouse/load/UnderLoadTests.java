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

/** In short; at length by {@code bench/liveness-under-load}, which sets the properties. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class UnderLoadTests {

    private static final Logger logger = LoggerFactory.getLogger(UnderLoadTests.class);

    @TempDir private Path folder;

    @Test
    void reportsNoFalseDeathAndEachRealOneWhenSaturated() throws Exception {
        int most = Descriptors.most() / 10; // over TLS three each, and some for the probes
        int rounds = Integer.getInteger("gatehouse-test.load.rounds", 1);
        UnderLoad load =
                new UnderLoad(
                        Duration.ofSeconds(Integer.getInteger("gatehouse-test.load.seconds", 120)),
                        Integer.getInteger("gatehouse-test.load.slow-posts", 200),
                        Math.min(most, Integer.getInteger("gatehouse-test.load.idle-tls", 2000)),
                        Math.min(most, 1500),
                        rounds);

        LoadReport report = load.run(folder);
        logger.info("Under load: {}\n{}", load, report);

        assertThat(report.notServed()).as("saturated").isPositive();
        assertThat(report.deaths()).as(report.toString()).isZero();
        assertThat(report.down()).as(report.toString()).isZero();
        assertThat(report.kubelet()).doesNotContain("503");
        assertThat(report.faults())
                .as(report.toString())
                .hasSize(4 * rounds)
                .noneMatch(fault -> fault.endsWith(FaultsUnderLoad.MISSED));
    }
}
