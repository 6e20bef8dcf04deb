package dev.gatehouse.security;

import dev.gatehouse.site.PageHeaders;
import jakarta.servlet.DispatcherType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.boot.security.autoconfigure.actuate.web.servlet.EndpointRequest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.AnonymousAuthenticationFilter;

/** Health is open to strangers, the rest of the actuator needs a password, the site is public. */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {

    private static final Logger logger = LoggerFactory.getLogger(SecurityConfiguration.class);

    private final PageHeaders pageHeaders;

    SecurityConfiguration(PageHeaders pageHeaders) {
        this.pageHeaders = pageHeaders;
    }

    @Bean
    @Order(1)
    SecurityFilterChain actuatorSecurity(HttpSecurity http) {
        return stateless(http)
                .securityMatcher("/actuator/**")
                .authorizeHttpRequests(
                        requests ->
                                requests.requestMatchers(EndpointRequest.to(HealthEndpoint.class))
                                        .permitAll()
                                        .anyRequest()
                                        .authenticated())
                .httpBasic(Customizer.withDefaults())
                .build();
    }

    @Bean
    @Order(2)
    SecurityFilterChain siteSecurity(HttpSecurity http) {
        return stateless(http)
                .addFilterBefore(
                        new GatewayAuthenticationFilter(), AnonymousAuthenticationFilter.class)
                .authorizeHttpRequests(
                        requests ->
                                requests.dispatcherTypeMatchers(DispatcherType.ERROR)
                                        .permitAll()
                                        .anyRequest()
                                        .permitAll())
                .build();
    }

    private HttpSecurity stateless(HttpSecurity http) {
        return http.csrf(AbstractHttpConfigurer::disable) // no session and no form to forge
                .sessionManagement(s -> s.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .headers(this::headers);
    }

    private void headers(HeadersConfigurer<HttpSecurity> headers) {
        headers.contentTypeOptions(HeadersConfigurer.ContentTypeOptionsConfig::disable)
                .frameOptions(HeadersConfigurer.FrameOptionsConfig::disable)
                .xssProtection(HeadersConfigurer.XXssConfig::disable)
                .addHeaderWriter((_, response) -> pageHeaders.applyMissing(response))
                // The redirect sends it, with what never comes this far too.
                .httpStrictTransportSecurity(HeadersConfigurer.HstsConfig::disable);
    }

    /** Without a password there is no user: Spring Boot would make one up and log its password. */
    @Bean
    @ConditionalOnProperty(
            name = "spring.security.user.password",
            matchIfMissing = true,
            havingValue = "\0")
    UserDetailsService nobody() {
        logger.info(
                "No spring.security.user.password is set: of the actuator, health alone can be"
                        + " reached.");
        return new InMemoryUserDetailsManager();
    }
}
