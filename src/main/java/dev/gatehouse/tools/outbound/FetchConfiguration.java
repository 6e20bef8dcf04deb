package dev.gatehouse.tools.outbound;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Primary;

/** Lazy: nobody waits at the start for what the first check will need. */
@Configuration(proxyBeanMethods = false)
class FetchConfiguration {

    @Bean
    @Lazy
    @Primary
    Outreach strangersOutreach() {
        return Outreach.toStrangers();
    }

    @Bean
    @Lazy
    Outreach configuredOutreach() {
        return Outreach.toConfigured();
    }
}
