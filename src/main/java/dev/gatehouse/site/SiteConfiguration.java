package dev.gatehouse.site;

import dev.gatehouse.config.FilterOrder;
import dev.gatehouse.task.PeriodicTasks;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.io.IOException;
import java.nio.file.Path;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.convert.ConversionException;
import org.springframework.core.env.Environment;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SiteProperties.class)
class SiteConfiguration {

    @Bean
    CurrentSite currentSite(PeriodicTasks tasks, SiteProperties properties, Environment environment)
            throws IOException {
        CurrentSite site = new CurrentSite(properties, source(properties, environment));
        if (properties.folder() != null) {
            tasks.add("site-folder", site::pause, site::update);
        }
        return site;
    }

    private static SiteSource source(SiteProperties properties, Environment environment) {
        Path folder = properties.folder();
        if (folder != null) {
            return new FolderSource(folder);
        }
        return properties.root().equals(BuiltInSite.ROOT)
                ? new BuiltInSite(path -> isOff(environment, path.split("/", -1)))
                : new ClasspathSource(properties.root());
    }

    /** Such as {@code /tools}, {@code /tools/seo} and {@code /status}. */
    private static boolean isOff(Environment environment, String[] path) {
        boolean isTool = path.length > 2 && path[1].equals("tools");
        return isOff(environment, path[1]) || (isTool && isOff(environment, path[2]));
    }

    private static boolean isOff(Environment environment, String feature) {
        try {
            return !environment.getProperty(
                    "gatehouse." + feature + ".enabled", Boolean.class, true);
        } catch (ConversionException _) {
            return false; // the start stops elsewhere
        }
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
