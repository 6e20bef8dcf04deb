package dev.gatehouse.reload;

import dev.gatehouse.config.Reloadable;
import dev.gatehouse.task.PeriodicTasks;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ReloadProperties.class)
class ReloadConfiguration {

    @Bean
    ConfigurationReloader configurationReloader(
            ConfigurationSources sources, List<Reloadable> parts, ApplicationContext context) {
        return new ConfigurationReloader(
                sources, parts, new PropertyRecords(context), Clock.systemUTC());
    }

    @Bean
    HangupSignal hangupSignal(ConfigurationReloader reloader) {
        return new HangupSignal(() -> reloader.reload(ReloadTrigger.SIGNAL));
    }

    @Bean
    SmartInitializingSingleton configurationFiles(
            PeriodicTasks tasks, ConfigurationReloader reloader, ReloadProperties properties) {
        Duration interval = properties.interval();
        return () -> {
            if (interval != null) {
                tasks.add("configuration-files", interval, reloader::reloadIfChanged);
            }
        };
    }

    @Bean
    ConfigurationEndpoint configurationEndpoint(ConfigurationReloader reloader) {
        return new ConfigurationEndpoint(reloader);
    }

    @Bean
    ReloadMetrics reloadMetrics(ConfigurationReloader reloader) {
        return new ReloadMetrics(reloader);
    }
}
