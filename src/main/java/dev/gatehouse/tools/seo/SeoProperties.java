package dev.gatehouse.tools.seo;

import dev.gatehouse.config.PropertyChecks;
import dev.gatehouse.tools.job.JobLimits;
import java.time.Duration;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The SEO audit.
 *
 * @param enabled whether it is offered, where the tools are
 * @param perCaller audits that one caller may submit in a minute; an API gateway that does not name
 *     its users ten times as many
 * @param perTarget audits of one host in a minute, by all callers
 * @param inTotal audits in a minute, by all callers of all hosts
 * @param atOnce audits that run at the same time on an instance
 * @param queued audits that wait; further ones are refused with 429
 * @param deadline time limit of an audit; what was found until then is shown
 * @param kept time for which a result is kept
 * @param maxResultSize largest size of a result
 * @param plans limits for the users of an API gateway with that plan: {@code per-caller}, {@code
 *     queued}
 * @param maxPages pages that an audit reads at most, whatever it asks for
 * @param maxPageSize part of a page that is read, after decoding
 * @param maxBytes bytes that an audit receives at most
 * @param requestTimeout time limit of a request
 */
@ConfigurationProperties("gatehouse.seo")
record SeoProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("4") int perCaller,
        @DefaultValue("4") int perTarget,
        @DefaultValue("30") int inTotal,
        @DefaultValue("2") int atOnce,
        @DefaultValue("20") int queued,
        @DefaultValue("5m") Duration deadline,
        @DefaultValue("1h") Duration kept,
        @DefaultValue("50MB") DataSize maxResultSize,
        @DefaultValue Map<String, JobLimits.Plan> plans,
        @DefaultValue("1000") int maxPages,
        @DefaultValue("6MB") DataSize maxPageSize,
        @DefaultValue("500MB") DataSize maxBytes,
        @DefaultValue("15s") Duration requestTimeout)
        implements JobLimits {

    SeoProperties {
        JobLimits.check(
                        new PropertyChecks("gatehouse.seo"),
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
                .require(
                        maxPageSize.toBytes() > 0 && maxPageSize.toMegabytes() <= 64,
                        "max-page-size",
                        maxPageSize,
                        "is not from 1B to 64MB",
                        "Set it to 6MB.")
                .positive("max-bytes", maxBytes, "500MB")
                .positive("request-timeout", requestTimeout, "15s");
    }
}
