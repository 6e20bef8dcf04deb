package dev.gatehouse.tools.frontdoor;

import dev.gatehouse.task.PeriodicTasks;
import dev.gatehouse.tools.outbound.Outreach;
import java.net.URI;
import java.time.Clock;
import java.util.Objects;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(OutsideProperties.class)
class OutsideConfiguration {

    private final Clock clock = Clock.systemUTC();

    /** The operator's own address may be an address of ours: it is not typed by a stranger. */
    @Bean
    OutsideWatch outsideWatch(
            PeriodicTasks tasks,
            OutsideProperties properties,
            @Qualifier("configuredOutreach") ObjectProvider<Outreach> outreach) {
        OutsideWatch watch =
                new OutsideWatch(
                        properties,
                        () ->
                                new OutsideProbe(
                                        outreach.getObject(),
                                        URI.create(Objects.requireNonNull(properties.url())),
                                        clock));
        if (watch.isConfigured()) {
            tasks.add("outside", watch::pause, watch::look);
        }
        return watch;
    }

    /** Health component {@code outside}. */
    @Bean
    HealthIndicator outsideHealthIndicator(OutsideWatch outsideWatch) {
        return new OutsideHealthIndicator(outsideWatch, clock);
    }

    @Bean
    OutsideMetrics outsideMetrics(OutsideWatch outsideWatch) {
        return new OutsideMetrics(outsideWatch, clock);
    }
}
