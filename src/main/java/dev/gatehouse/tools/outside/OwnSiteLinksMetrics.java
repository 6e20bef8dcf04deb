package dev.gatehouse.tools.outside;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The links of this server's own site, as gauges; NaN before the first check. */
class OwnSiteLinksMetrics implements MeterBinder {

    private static final List<String> VERDICTS =
            List.of(
                    "ok",
                    "redirected",
                    "broken",
                    "bad-fragment",
                    "insecure",
                    "soft-404",
                    "skipped",
                    "unknown");

    private final OwnSiteLinks links;

    OwnSiteLinksMetrics(OwnSiteLinks links) {
        this.links = links;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        for (String verdict : VERDICTS) {
            Gauge.builder("gatehouse.links", links, each -> value(each.count(verdict)))
                    .description("Links of this site by the verdict of the last check")
                    .tag("verdict", verdict)
                    .register(registry);
        }
        Gauge.builder("gatehouse.links.broke", links, each -> each.brokenSince().size())
                .description("Links of this site that are broken and once were good")
                .register(registry);
    }

    private static double value(@Nullable Integer count) {
        return count == null ? Double.NaN : count;
    }
}
