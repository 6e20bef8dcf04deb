package dev.gatehouse.tools.outbound;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Primary;

/** The beans are lazy: they read the root certificates, which the start does not need. */
@Configuration(proxyBeanMethods = false)
class OutboundConfiguration {

    @Bean
    @Lazy
    @Primary
    OutboundClient publicOutboundClient() {
        return OutboundClient.publicOnly();
    }

    @Bean
    @Lazy
    OutboundClient unrestrictedOutboundClient() {
        return OutboundClient.unrestricted();
    }
}
