package dev.gatehouse.tools.outbound;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Primary;

/** The beans are lazy: they read the root certificates, which the start does not need. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(OutboundProperties.class)
class OutboundConfiguration {

    private static final Logger logger = LoggerFactory.getLogger(OutboundConfiguration.class);

    OutboundConfiguration(OutboundProperties properties) {
        if (!properties.allowedNetworks().isEmpty()) {
            logger.warn(
                    "The tools may visit networks that are not public, for everybody who may use"
                            + " the tools: gatehouse.outbound.allowed-networks = {}",
                    properties.networks());
        }
    }

    @Bean
    @Lazy
    @Primary
    OutboundClient guardedOutboundClient(OutboundProperties properties) {
        return OutboundClient.guarded(properties);
    }

    @Bean
    @Lazy
    OutboundClient unrestrictedOutboundClient() {
        return OutboundClient.unrestricted();
    }
}
