package dev.gatehouse.tools.outside;

import dev.gatehouse.task.PeriodicTasks;
import dev.gatehouse.tools.outbound.OutboundClient;
import java.time.Clock;
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

    /** The operator's own URL may be internal. */
    @Bean
    OutsideMonitor outsideMonitor(
            PeriodicTasks tasks,
            OutsideProperties properties,
            @Qualifier("unrestrictedOutboundClient") ObjectProvider<OutboundClient> outbound) {
        OutsideMonitor monitor =
                new OutsideMonitor(
                        properties,
                        () ->
                                new OutsideProbe(
                                        outbound.getObject(),
                                        properties.site().orElseThrow(),
                                        clock),
                        clock);
        if (monitor.isConfigured()) {
            tasks.add("outside", monitor::pause, monitor::probe);
        }
        return monitor;
    }

    /** Health component {@code outside}. */
    @Bean
    HealthIndicator outsideHealthIndicator(OutsideMonitor outsideMonitor) {
        return new OutsideHealthIndicator(outsideMonitor, clock);
    }

    @Bean
    OutsideMetrics outsideMetrics(OutsideMonitor outsideMonitor) {
        return new OutsideMetrics(outsideMonitor, clock);
    }
}
