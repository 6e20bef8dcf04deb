package dev.gatehouse.tools.outside;

import dev.gatehouse.config.InvalidPropertyException;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.scheduling.support.CronExpression;

/**
 * The scheduled screenshots of this server's own site.
 *
 * @param enabled whether screenshots of {@code gatehouse.outside.url} are taken by a schedule and
 *     after each deployment
 * @param schedule when, as a cron expression of six fields in UTC; with a database one instance
 *     takes them for all, else each does
 * @param changedShare share of the pixels, from 0 to 1: where more have changed since the
 *     screenshot before, it is an event
 */
@ConfigurationProperties("gatehouse.outside.screenshot")
record ScreenshotScheduleProperties(
        @DefaultValue("false") boolean enabled,
        @DefaultValue("0 30 3 * * *") String schedule,
        @DefaultValue("0.05") double changedShare) {

    ScreenshotScheduleProperties {
        if (!CronExpression.isValidExpression(schedule)) {
            throw new InvalidPropertyException(
                    "gatehouse.outside.screenshot.schedule",
                    schedule,
                    "is not a cron expression of six fields",
                    "Set it to one such as 0 30 3 * * *: every day at 3:30 UTC.");
        }
        if (!(changedShare >= 0 && changedShare <= 1)) {
            throw new InvalidPropertyException(
                    "gatehouse.outside.screenshot.changed-share",
                    changedShare,
                    "is not a share from 0 to 1",
                    "Set it to one such as 0.05: five per cent of the pixels.");
        }
    }

    CronExpression cron() {
        return CronExpression.parse(schedule);
    }
}
