package dev.gatehouse.redirect;

import dev.gatehouse.acme.AcmeWebroot;
import dev.gatehouse.config.FilterOrder;
import dev.gatehouse.connector.Connectors;
import dev.gatehouse.gateway.Gateways;
import dev.gatehouse.gateway.TrustedHeaders;
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
    SiteNames siteNames(RedirectProperties properties, ServedCertificate certificate) {
        return properties.hosts().isEmpty()
                ? new SiteNames(SiteNames.Source.CERTIFICATE, certificate::names)
                : SiteNames.ofHosts(properties.hosts());
    }

    @Bean
    PublicHttpsPort httpsPort(RedirectProperties properties, Connectors connectors) {
        return PublicHttpsPort.of(properties.httpsPort(), connectors);
    }

    @Bean
    RedirectPolicy redirectPolicy(
            RedirectProperties redirect,
            ExemptionProperties exemptions,
            ObjectProvider<AcmeWebroot> acme,
            Gateways gateways,
            TrustedProxies proxies,
            SiteNames siteNames,
            PublicHttpsPort httpsPort) {
        return new RedirectPolicy(
                new PolicyRules(
                                acme.getIfAvailable() != null,
                                gateways.all(),
                                exemptions,
                                proxies,
                                siteNames,
                                redirect.canonical(),
                                redirect.unknownHost(),
                                new Destination(httpsPort, redirect.permanent()))
                        .inOrder());
    }

    @Bean
    RedirectMetrics redirectMetrics(MeterRegistry registry) {
        return new RedirectMetrics(registry);
    }

    @Bean
    Hsts hsts(RedirectProperties redirect, ServedCertificate certificate) {
        return new Hsts(redirect.hsts(), redirect.isForGood(), certificate::isSelfSigned);
    }

    @Bean
    DecisionRecorder decisionRecorder(
            RedirectProperties redirect, Gateways gateways, RedirectMetrics metrics) {
        return new DecisionRecorder(redirect.mode(), gateways.headers(), metrics, clock);
    }

    @Bean
    FilterRegistrationBean<RedirectFilter> redirectFilter(
            RedirectPolicy policy,
            RedirectProperties redirect,
            DecisionRecorder recorder,
            Hsts hsts,
            Gateways gateways,
            SiteNames siteNames) {
        return FilterOrder.REDIRECT.register(
                new RedirectFilter(
                        policy,
                        redirect.mode(),
                        recorder,
                        hsts,
                        new TrustedHeaders(gateways.all()),
                        new RefusalPage(siteNames, clock)));
    }

    @Bean
    RedirectEndpoint redirectEndpoint(
            RedirectProperties properties,
            SiteNames siteNames,
            PublicHttpsPort httpsPort,
            Hsts hsts,
            RedirectPolicy policy,
            RedirectMetrics metrics) {
        return new RedirectEndpoint(
                new PolicyDescription.Source(
                        properties, siteNames, httpsPort, hsts, policy, metrics),
                policy);
    }
}
