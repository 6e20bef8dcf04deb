package dev.gatehouse.acme;

import dev.gatehouse.config.FilterOrder;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.Assert;

/** Answers the challenges of another ACME client. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AcmeProperties.class)
@ConditionalOnProperty("gatehouse.acme.webroot")
class AcmeConfiguration {

    @Bean
    AcmeWebroot acmeWebroot(AcmeProperties properties) {
        Assert.state(properties.webroot() != null, "There is no webroot");
        return new AcmeWebroot(properties.webroot());
    }

    @Bean
    FilterRegistrationBean<AcmeChallengeFilter> acmeChallengeFilter(AcmeWebroot webroot) {
        return registration(webroot);
    }

    static FilterRegistrationBean<AcmeChallengeFilter> registration(AcmeWebroot webroot) {
        return FilterOrder.ACME_CHALLENGE.register(new AcmeChallengeFilter(webroot.folder()));
    }
}
