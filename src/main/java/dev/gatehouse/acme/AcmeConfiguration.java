package dev.gatehouse.acme;

import dev.gatehouse.config.FilterOrder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.util.Assert;
import org.springframework.util.StringUtils;

/** Answers the challenges of another ACME client. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AcmeProperties.class)
@Conditional(AcmeConfiguration.HasWebroot.class)
class AcmeConfiguration {

    /** An empty value is none, as of every property. */
    static class HasWebroot implements Condition {

        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            return StringUtils.hasText(
                    context.getEnvironment().getProperty("gatehouse.acme.webroot"));
        }
    }

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
