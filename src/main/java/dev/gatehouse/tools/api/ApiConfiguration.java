package dev.gatehouse.tools.api;

import dev.gatehouse.config.FilterOrder;
import dev.gatehouse.gateway.ForwardedClients;
import dev.gatehouse.page.NavigationLink;
import dev.gatehouse.tools.job.ConditionalOnTool;
import dev.gatehouse.tools.job.JobStore;
import dev.gatehouse.tools.job.JobTools;
import dev.gatehouse.tools.job.RateLimiter;
import jakarta.servlet.DispatcherType;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Lazy;
import tools.jackson.databind.json.JsonMapper;

@Configuration(proxyBeanMethods = false)
@ConditionalOnTool
@EnableConfigurationProperties(ApiProperties.class)
@Import({ApiController.class, OpenApiController.class, ToolPages.class, ApiErrors.class})
class ApiConfiguration {

    @Bean
    FilterRegistrationBean<ApiFilter> apiFilter(
            ApiProperties properties,
            ObjectProvider<JobTools> tools,
            ObjectProvider<JsonMapper> json) {
        FilterRegistrationBean<ApiFilter> registration =
                FilterOrder.API.register(
                        new ApiFilter(
                                properties.allowedOrigins(), tools::getObject, json::getObject));
        registration.addUrlPatterns("/api/*", "/error");
        registration.setDispatcherTypes(DispatcherType.REQUEST, DispatcherType.ERROR);
        return registration;
    }

    @Bean
    NavigationLink toolsLink() {
        return new NavigationLink("/tools", "Tools");
    }

    @Bean
    @Lazy
    Callers callers(ForwardedClients forwarded) {
        return new Callers(forwarded);
    }

    @Bean
    @Lazy
    OpenRequests openRequests(ApiProperties properties) {
        return new OpenRequests(properties.openPerCaller(), properties.openInTotal());
    }

    @Bean
    @Lazy
    JobSubmissions jobSubmissions(JobStore store, RateLimiter limiter, JsonMapper json) {
        return new JobSubmissions(store, limiter, json, Clock.systemUTC());
    }

    @Bean
    @Lazy
    JobViews jobViews(JobStore store, JsonMapper json) {
        return new JobViews(store, json);
    }
}
