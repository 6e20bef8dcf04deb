package dev.gatehouse.redirect;

import dev.gatehouse.connector.ConnectorName;
import dev.gatehouse.connector.Connectors;
import dev.gatehouse.tls.ServedCertificate;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

@Configuration(proxyBeanMethods = false)
class RedirectConfiguration {

    @Bean
    SiteNames siteNames(ServedCertificate certificate) {
        return new CertificateSiteNames(certificate::names);
    }

    @Bean
    RedirectPolicy redirectPolicy(
            RedirectProperties redirect,
            ExemptionProperties exemptions,
            GatewayProperties gateways,
            SiteNames siteNames,
            Connectors connectors) {
        return new RedirectPolicy(
                exemptions(exemptions, gateways), siteNames, httpsPort(redirect, connectors));
    }

    private static List<Exemption> exemptions(
            ExemptionProperties properties, GatewayProperties gateways) {
        List<Exemption> exemptions = new ArrayList<>();
        exemptions.add(new PingExemption());
        if (properties.loopback()) {
            exemptions.add(new LoopbackExemption());
        }
        gateways.gateways()
                .forEach(g -> exemptions.add(new GatewayExemption(g.header(), g.secrets())));
        return exemptions;
    }

    private static IntSupplier httpsPort(RedirectProperties redirect, Connectors connectors) {
        Integer configured = redirect.httpsPort();
        return configured == null ? () -> connectors.port(ConnectorName.HTTPS) : () -> configured;
    }

    @Bean
    FilterRegistrationBean<RedirectFilter> redirectFilter(
            RedirectPolicy policy, SiteNames siteNames, MeterRegistry registry) {
        FilterRegistrationBean<RedirectFilter> registration =
                new FilterRegistrationBean<>(
                        new RedirectFilter(
                                policy, new RedirectMetrics(registry), new RefusalPage(siteNames)));
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return registration;
    }
}
