package dev.gatehouse.tools.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gatehouse.config.InvalidPropertyException;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

/** The default, and the rule with its message. */
class JobsPropertiesTests {

    @Test
    void memoryWhenNotSetIsASmallShareOfASmallHeap() {
        JobsProperties unset = new JobsProperties(null);

        assertThat(unset.memoryBytes(DataSize.ofMegabytes(128).toBytes()))
                .isEqualTo(DataSize.ofMegabytes(16).toBytes());
        assertThat(unset.memoryBytes(DataSize.ofGigabytes(4).toBytes()))
                .isEqualTo(DataSize.ofMegabytes(64).toBytes());
        assertThat(new JobsProperties(DataSize.ofMegabytes(5)).memoryBytes(1)).isEqualTo(5 << 20);
    }

    @Test
    void memoryWhenNotPositiveIsRefused() {
        assertThatExceptionOfType(InvalidPropertyException.class)
                .isThrownBy(() -> new JobsProperties(DataSize.ofBytes(0)))
                .withMessage("gatehouse.jobs.memory = '0B' is not a positive size.");
    }
}
