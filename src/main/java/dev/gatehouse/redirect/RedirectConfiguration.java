package dev.gatehouse.redirect;

import dev.gatehouse.acme.AcmeWebroot;
import dev.gatehouse.config.FilterOrder;
import dev.gatehouse.connector.Connectors;
import dev.gatehouse.gateway.CurrentGateways;
import dev.gatehouse.gateway.TrustedProxies;
import dev.gatehouse.tls.ServedCertificate;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.InstantSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({RedirectProperties.class, ExemptionProperties.class})
class RedirectConfiguration {

    private final InstantSource clock = Clock.systemUTC();

    @Bean
    CurrentRedirect currentRedirect(
            RedirectProperties redirect,
            ExemptionProperties exemptions,
            CurrentGateways gateways,
            ObjectProvider<AcmeWebroot> acme,
            TrustedProxies proxies,
            ServedCertificate certificate,
            Connectors connectors) {
        return new CurrentRedirect(
                redirect,
                exemptions,
                gateways,
                new CurrentRedirect.Parts(
                        acme.getIfAvailable() != null,
                        proxies,
                        certificate,
                        PublicHttpsPort.of(connectors)));
    }

    @Bean
    RedirectMetrics redirectMetrics(MeterRegistry registry) {
        return new RedirectMetrics(registry);
    }

    @Bean
    FilterRegistrationBean<RedirectFilter> redirectFilter(
            CurrentRedirect redirect, RedirectMetrics metrics) {
        return FilterOrder.REDIRECT.register(
                new RedirectFilter(
                        redirect, new DecisionRecorder(metrics, clock), new RefusalPage(clock)));
    }

    @Bean
    RedirectEndpoint redirectEndpoint(CurrentRedirect redirect, RedirectMetrics metrics) {
        return new RedirectEndpoint(redirect, metrics);
    }
}
