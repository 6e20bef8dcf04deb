package dev.gatehouse.tools.frontdoor;

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
            OutsideProperties properties,
            @Qualifier("configuredOutreach") ObjectProvider<Outreach> outreach) {
        return new OutsideWatch(
                properties,
                () ->
                        new OutsideProbe(
                                outreach.getObject(),
                                URI.create(Objects.requireNonNull(properties.url())),
                                clock));
    }

    /** Health component {@code outside}. */
    @Bean
    HealthIndicator outsideHealthIndicator(OutsideWatch outsideWatch) {
        return new OutsideHealthIndicator(outsideWatch);
    }

    @Bean
    OutsideMetrics outsideMetrics(OutsideWatch outsideWatch) {
        return new OutsideMetrics(outsideWatch, clock);
    }
}
