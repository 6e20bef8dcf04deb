package dev.gatehouse.tools.outside;

import dev.gatehouse.config.InvalidPropertyException;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.scheduling.support.CronExpression;

/**
 * The scheduled check of the links of this server's own site.
 *
 * @param enabled whether the links of {@code gatehouse.outside.url} are checked by a schedule
 * @param schedule when, as a cron expression of six fields in UTC; with a database one instance
 *     checks them for all, else each does
 */
@ConfigurationProperties("gatehouse.outside.crawl")
record LinkScheduleProperties(
        @DefaultValue("false") boolean enabled, @DefaultValue("0 0 3 * * *") String schedule) {

    LinkScheduleProperties {
        if (!CronExpression.isValidExpression(schedule)) {
            throw new InvalidPropertyException(
                    "gatehouse.outside.crawl.schedule",
                    schedule,
                    "is not a cron expression of six fields",
                    "Set it to one such as 0 0 3 * * *: every day at 3:00 UTC.");
        }
    }

    CronExpression cron() {
        return CronExpression.parse(schedule);
    }
}
