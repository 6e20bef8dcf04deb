package dev.gatehouse.acme;

import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
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

    /** After the redirect and the ping, before all that a challenge does not need. */
    static FilterRegistrationBean<AcmeChallengeFilter> registration(AcmeWebroot webroot) {
        FilterRegistrationBean<AcmeChallengeFilter> registration =
                new FilterRegistrationBean<>(new AcmeChallengeFilter(webroot.folder()));
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 2);
        return registration;
    }
}
