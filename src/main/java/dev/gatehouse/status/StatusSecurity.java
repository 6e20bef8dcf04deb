package dev.gatehouse.status;

import dev.gatehouse.site.PageHeaders;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;

/** The details of the status are for those who have the actuator's password. */
@Configuration(proxyBeanMethods = false)
class StatusSecurity {

    @Bean
    @Order(0)
    SecurityFilterChain statusDetailsSecurity(HttpSecurity http, PageHeaders pageHeaders) {
        return http.securityMatcher("/status/details")
                .authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                .httpBasic(Customizer.withDefaults())
                .csrf(AbstractHttpConfigurer::disable)
                .sessionManagement(s -> s.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .headers(
                        headers ->
                                headers.addHeaderWriter(
                                        (_, response) -> pageHeaders.applyMissing(response)))
                .build();
    }
}
