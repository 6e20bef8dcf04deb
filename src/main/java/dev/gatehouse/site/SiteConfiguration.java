package dev.gatehouse.site;

import dev.gatehouse.config.FilterOrder;
import dev.gatehouse.task.PeriodicTasks;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.io.IOException;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SiteProperties.class)
class SiteConfiguration {

    @Bean
    CurrentSite currentSite(PeriodicTasks tasks, SiteProperties properties) throws IOException {
        CurrentSite site = new CurrentSite(properties);
        if (properties.folder() != null) {
            tasks.add("site-folder", site::pause, site::update);
        }
        return site;
    }

    @Bean
    SiteHealthIndicator siteHealthIndicator(SiteProperties properties, CurrentSite site) {
        return new SiteHealthIndicator(properties, site);
    }

    @Bean
    MeterBinder siteMetrics(CurrentSite site) {
        return registry -> {
            Gauge.builder("gatehouse.site.files", site, CurrentSite::fileCount)
                    .description("Files of the site that are served")
                    .register(registry);
            Gauge.builder("gatehouse.site.stale", site, s -> s.problem() == null ? 0 : 1)
                    .description(
                            "1 while the site that was read last is served because its folder is"
                                    + " gone or empty")
                    .register(registry);
        };
    }

    @Bean
    PageHeaders pageHeaders(SiteProperties properties) {
        return new PageHeaders(properties);
    }

    @Bean
    FilterRegistrationBean<SiteFilter> siteFilter(CurrentSite site, PageHeaders headers) {
        return FilterOrder.SITE.register(new SiteFilter(site, headers));
    }

    @Bean
    ErrorPages errorPages(SiteProperties properties, CurrentSite site) {
        return new ErrorPages(properties, site);
    }
}
