package dev.gatehouse.security;

import dev.gatehouse.connector.Arrival;
import dev.gatehouse.site.PageHeaders;
import io.github.bucket4j.TimeMeter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.boot.security.autoconfigure.SecurityProperties;
import org.springframework.boot.security.autoconfigure.actuate.web.servlet.EndpointRequest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.AnonymousAuthenticationFilter;
import org.springframework.security.web.authentication.www.BasicAuthenticationEntryPoint;
import org.springframework.security.web.authentication.www.BasicAuthenticationFilter;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;

/**
 * Who may see what: health is public without its details, the rest of the actuator and the details
 * of the status need the monitoring user, the status too unless it is public; the site is public.
 */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {

    private static final Logger logger = LoggerFactory.getLogger(SecurityConfiguration.class);

    private static final String REALM = "Realm"; // that of Spring Security

    private final PageHeaders pageHeaders;
    private final boolean isStatusPublic;

    SecurityConfiguration(PageHeaders pageHeaders, Environment environment) {
        this.pageHeaders = pageHeaders;
        this.isStatusPublic =
                environment.getProperty("gatehouse.status.public", Boolean.class, true);
    }

    /**
     * In the place of Spring Boot's user, which gets a random password where none is configured.
     */
    @Bean
    MonitoringUserAuthenticator monitoringUserAuthenticator(
            SecurityProperties properties, MeterRegistry registry) {
        MonitoringUser user = new MonitoringUser(properties.getUser());
        if (!user.hasPassword()) {
            logger.info(
                    "No spring.security.user.password is set: of the actuator, health alone can be"
                            + " reached.");
        }
        TimeMeter clock = TimeMeter.SYSTEM_NANOTIME;
        return new MonitoringUserAuthenticator(
                user,
                new RememberedLogin(clock),
                new FailureLimit(clock),
                new LoginRecord(registry, clock));
    }

    /** Credentials show the details; those that are of no use are ignored. */
    @Bean
    @Order(0)
    SecurityFilterChain healthSecurity(
            HttpSecurity http, MonitoringUserAuthenticator authenticator) {
        BasicAuthenticationFilter basic = new BasicAuthenticationFilter(authenticator);
        basic.setAuthenticationDetailsSource(SecurityConfiguration::client);
        return stateless(http)
                .securityMatcher(EndpointRequest.to(HealthEndpoint.class))
                .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                .addFilterAt(basic, BasicAuthenticationFilter.class)
                .addFilterBefore(new HealthAcceptFilter(), BasicAuthenticationFilter.class)
                .build();
    }

    @Bean
    @Order(1)
    SecurityFilterChain monitoringSecurity(
            HttpSecurity http, MonitoringUserAuthenticator authenticator) {
        return stateless(http)
                .securityMatcher(
                        new OrRequestMatcher(
                                EndpointRequest.toAnyEndpoint(),
                                path("/actuator/**"),
                                isStatusPublic
                                        ? path("/status/details")
                                        : new OrRequestMatcher(
                                                path("/status"), path("/status/**"))))
                .authorizeHttpRequests(
                        requests ->
                                requests.requestMatchers(SecurityConfiguration::isForged)
                                        .denyAll()
                                        .anyRequest()
                                        .authenticated())
                .authenticationManager(authenticator)
                .httpBasic(
                        basic ->
                                basic.authenticationDetailsSource(SecurityConfiguration::client)
                                        .authenticationEntryPoint(
                                                SecurityConfiguration::authenticationFailed))
                .build();
    }

    @Bean
    @Order(2)
    SecurityFilterChain siteSecurity(HttpSecurity http) {
        return stateless(http)
                .addFilterBefore(
                        new GatewayAuthenticationFilter(), AnonymousAuthenticationFilter.class)
                .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                .build();
    }

    private HttpSecurity stateless(HttpSecurity http) {
        return http.csrf(AbstractHttpConfigurer::disable) // no session; see isForged
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
                // The redirect filter sends the configured one, with every answer.
                .httpStrictTransportSecurity(HeadersConfigurer.HstsConfig::disable);
    }

    /**
     * Whether another site's page had the browser send it: browsers add the password that they
     * remember for this server.
     */
    private static boolean isForged(HttpServletRequest request) {
        String site = request.getHeader("Sec-Fetch-Site");
        return site != null
                && !List.of("same-origin", "none").contains(site)
                && !List.of("GET", "HEAD", "OPTIONS").contains(request.getMethod());
    }

    private static RequestMatcher path(String pattern) {
        return PathPatternRequestMatcher.withDefaults().matcher(pattern);
    }

    private static String client(HttpServletRequest request) {
        return Arrival.of(request).client();
    }

    private static void authenticationFailed(
            HttpServletRequest request, HttpServletResponse response, AuthenticationException cause)
            throws IOException {
        if (cause instanceof LoginRefusedException refused) {
            refused.writeTo(response);
            return;
        }
        BasicAuthenticationEntryPoint challenge = new BasicAuthenticationEntryPoint();
        challenge.setRealmName(REALM);
        challenge.commence(request, response, cause);
    }
}
