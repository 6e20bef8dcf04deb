package dev.gatehouse.tools.frontdoor;

import dev.gatehouse.tools.outbound.OutboundClient;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Lazy;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(FrontDoorProperties.class)
@Import({FrontDoorPage.class, FrontDoorApi.class, ApiProblems.class})
class FrontDoorConfiguration {

    private static final int REMEMBERED = 200;

    private final Clock clock = Clock.systemUTC();

    /** Made when the first visitor asks. */
    @Bean
    @Lazy
    CheckService checks(OutboundClient outbound, FrontDoorProperties properties) {
        JobLimits limits =
                new JobLimits(
                        properties.atOnce(),
                        properties.queued(),
                        properties.deadline(),
                        properties.kept(),
                        REMEMBERED);
        return new CheckService(outbound, properties, new Jobs(limits, clock), clock);
    }
}
