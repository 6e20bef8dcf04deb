package dev.gatehouse.tools.outside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gatehouse.config.InvalidPropertyException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.mock.env.MockEnvironment;

class ScreenshotSchedulePropertiesTests {

    @Test
    void defaults() {
        ScreenshotScheduleProperties defaults =
                Binder.get(new MockEnvironment())
                        .bindOrCreate(
                                "gatehouse.outside.screenshot", ScreenshotScheduleProperties.class);

        assertThat(defaults)
                .isEqualTo(new ScreenshotScheduleProperties(false, "0 30 3 * * *", 0.05));
    }

    @Test
    void scheduleWhenNoCronExpressionIsRefused() {
        assertThatExceptionOfType(InvalidPropertyException.class)
                .isThrownBy(() -> new ScreenshotScheduleProperties(true, "daily", 0.05))
                .withMessage(
                        "gatehouse.outside.screenshot.schedule = 'daily' is not a cron expression"
                                + " of six fields.");
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.01, 1.01, Double.NaN})
    void changedShareWhenNoShareIsRefused(double share) {
        assertThatExceptionOfType(InvalidPropertyException.class)
                .isThrownBy(() -> new ScreenshotScheduleProperties(true, "0 30 3 * * *", share))
                .withMessage(
                        "gatehouse.outside.screenshot.changed-share = '%s' is not a share from 0 to"
                                + " 1.",
                        share);
    }
}
