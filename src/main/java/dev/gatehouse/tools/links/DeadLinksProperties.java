package dev.gatehouse.tools.links;

import dev.gatehouse.config.PropertyChecks;
import dev.gatehouse.tools.job.JobLimits;
import java.time.Duration;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The dead link check.
 *
 * @param enabled whether it is offered, where the tools are
 * @param perCaller checks that one caller may submit in a minute; an API gateway that does not name
 *     its users ten times as many
 * @param perTarget checks of one host in a minute, by all callers
 * @param inTotal checks in a minute, by all callers of all hosts
 * @param atOnce checks that run at the same time on an instance
 * @param queued checks that wait; further ones are refused with 429
 * @param deadline time limit of a check; what was found until then is shown
 * @param kept time for which a result is kept
 * @param maxResultSize largest size of a result
 * @param plans limits for the users of an API gateway with that plan: {@code per-caller}, {@code
 *     queued}
 * @param maxPages pages that a check reads at most, whatever it asks for
 * @param maxLinks different URLs that a check requests at most
 * @param maxBytes bytes that a check receives at most
 * @param maxPageSize part of a page that is read, after decoding
 * @param maxRedirects redirects one after the other that are followed
 * @param requestTimeout time limit of a request
 */
@ConfigurationProperties("gatehouse.dead-links")
record DeadLinksProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("4") int perCaller,
        @DefaultValue("4") int perTarget,
        @DefaultValue("30") int inTotal,
        @DefaultValue("2") int atOnce,
        @DefaultValue("20") int queued,
        @DefaultValue("10m") Duration deadline,
        @DefaultValue("1h") Duration kept,
        @DefaultValue("50MB") DataSize maxResultSize,
        @DefaultValue Map<String, JobLimits.Plan> plans,
        @DefaultValue("10000") int maxPages,
        @DefaultValue("50000") int maxLinks,
        @DefaultValue("2GB") DataSize maxBytes,
        @DefaultValue("2MB") DataSize maxPageSize,
        @DefaultValue("10") int maxRedirects,
        @DefaultValue("15s") Duration requestTimeout)
        implements JobLimits {

    DeadLinksProperties {
        JobLimits.check(
                        new PropertyChecks("gatehouse.dead-links"),
                        perCaller,
                        perTarget,
                        inTotal,
                        atOnce,
                        queued,
                        deadline,
                        kept,
                        maxResultSize,
                        plans)
                .positive("max-pages", maxPages)
                .positive("max-links", maxLinks)
                .positive("max-redirects", maxRedirects)
                .positive("max-bytes", maxBytes, "2GB")
                .require(
                        maxPageSize.toBytes() > 0 && maxPageSize.toMegabytes() <= 64,
                        "max-page-size",
                        maxPageSize,
                        "is not from 1B to 64MB",
                        "Set it to 2MB.")
                .positive("request-timeout", requestTimeout, "15s");
    }
}
