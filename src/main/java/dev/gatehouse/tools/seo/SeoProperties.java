package dev.gatehouse.tools.seo;

import dev.gatehouse.config.InvalidPropertyException;
import dev.gatehouse.tools.job.JobLimits;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
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
        @Nullable Map<String, JobLimits.Plan> plans,
        @DefaultValue("1000") int maxPages,
        @DefaultValue("6MB") DataSize maxPageSize,
        @DefaultValue("500MB") DataSize maxBytes,
        @DefaultValue("15s") Duration requestTimeout) {

    private static final String PREFIX = "gatehouse.seo.";

    SeoProperties {
        plans = plans == null ? Map.of() : Map.copyOf(plans);
        if (maxPages <= 0) {
            throw invalid("max-pages", maxPages, "is not a positive number", "Set it to 1000.");
        }
        if (maxPageSize.toBytes() <= 0 || maxPageSize.toMegabytes() > 64) {
            throw invalid("max-page-size", maxPageSize, "is not from 1B to 64MB", "Set it to 6MB.");
        }
        if (maxBytes.toBytes() <= 0) {
            throw invalid("max-bytes", maxBytes, "is not a positive size", "Set it to 500MB.");
        }
        if (requestTimeout.toMillis() <= 0) {
            throw invalid(
                    "request-timeout",
                    requestTimeout,
                    "is not a positive duration",
                    "Set it to 15s.");
        }
        limits(perCaller, perTarget, inTotal, atOnce, queued, deadline, kept, maxResultSize, plans);
    }

    /** The limits that all tools have. */
    JobLimits limits() {
        return limits(
                perCaller,
                perTarget,
                inTotal,
                atOnce,
                queued,
                deadline,
                kept,
                maxResultSize,
                plans == null ? Map.of() : plans);
    }

    private static JobLimits limits(
            int perCaller,
            int perTarget,
            int inTotal,
            int atOnce,
            int queued,
            Duration deadline,
            Duration kept,
            DataSize maxResultSize,
            Map<String, JobLimits.Plan> plans) {
        return new JobLimits(
                        perCaller,
                        perTarget,
                        inTotal,
                        atOnce,
                        queued,
                        deadline,
                        kept,
                        maxResultSize,
                        plans)
                .check("gatehouse.seo");
    }

    private static InvalidPropertyException invalid(
            String name, Object value, String problem, String remedy) {
        return new InvalidPropertyException(PREFIX + name, value, problem, remedy);
    }
}
