package dev.gatehouse.security;

import dev.gatehouse.config.FilterOrder;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Answers 404 to a request for the path of the error pages, which only errors are forwarded to. */
@Configuration(proxyBeanMethods = false)
class ErrorPathConfiguration {

    @Bean
    FilterRegistrationBean<Filter> errorPathFilter(
            @Value("${spring.web.error.path:/error}") String path) {
        FilterRegistrationBean<Filter> registration =
                FilterOrder.ERROR_PATH.register(
                        (_, response, _) ->
                                ((HttpServletResponse) response)
                                        .sendError(HttpServletResponse.SC_NOT_FOUND));
        registration.addUrlPatterns(path);
        registration.setDispatcherTypes(DispatcherType.REQUEST);
        return registration;
    }
}
