package dev.gatehouse.status;

import dev.gatehouse.config.InstanceName;
import dev.gatehouse.config.StateDirectory;
import dev.gatehouse.connector.ConnectorName;
import dev.gatehouse.liveness.ConnectorMonitors;
import dev.gatehouse.liveness.EventLog;
import dev.gatehouse.liveness.InstanceDirectory;
import dev.gatehouse.liveness.PublicAddressCheck;
import dev.gatehouse.liveness.PublicAddressScreenshots;
import dev.gatehouse.redirect.RedirectMetrics;
import dev.gatehouse.task.PeriodicTask;
import dev.gatehouse.task.PeriodicTasks;
import dev.gatehouse.tls.ServedCertificate;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.core.env.Environment;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(StatusProperties.class)
class StatusConfiguration {

    private static final Logger logger = LoggerFactory.getLogger(StatusConfiguration.class);

    private final Clock clock = Clock.systemUTC();

    @Bean
    StatusHistory statusHistory(
            ConnectorMonitors monitors,
            ObjectProvider<PublicAddressCheck> external,
            EventLog events) {
        StatusHistory history =
                new StatusHistory(
                        component ->
                                switch (component) {
                                    case HTTP ->
                                            ComponentStatus.of(monitors.report(ConnectorName.HTTP));
                                    case HTTPS ->
                                            ComponentStatus.of(
                                                    monitors.report(ConnectorName.HTTPS));
                                    case OUTSIDE ->
                                            external.stream()
                                                    .flatMap(check -> check.result().stream())
                                                    .map(ComponentStatus::of)
                                                    .findFirst()
                                                    .orElse(ComponentStatus.UNKNOWN);
                                },
                        events,
                        clock);
        events.addListener(history::recordConditions);
        return history;
    }

    /** In a file where no database offers another store. */
    @Bean
    StatusHistoryKeeper statusHistoryKeeper(
            StatusHistory history,
            ObjectProvider<StatusHistoryStore> shared,
            StateDirectory state) {
        StatusHistoryStore store = shared.getIfAvailable(() -> new StatusHistoryFile(state));
        return new StatusHistoryKeeper(history, store, clock);
    }

    @Bean
    PeriodicTask statusHistorySaving(PeriodicTasks tasks, StatusHistoryKeeper keeper) {
        return tasks.add("status-history-saving", keeper::pause, keeper::run);
    }

    @Bean
    ApplicationListener<ContextClosedEvent> statusHistoryLastSaving(StatusHistoryKeeper keeper) {
        return _ -> keeper.run();
    }

    @Bean
    ApplicationListener<ApplicationReadyEvent> statusNotice(Environment environment) {
        return _ -> {
            if (!OnStatusCondition.isEnabled(environment)
                    && !OnStatusCondition.isSet(environment)) {
                logger.info(
                        "The status page is off, because gatehouse.site.root names another site"
                                + " than the built-in one. Set {}=true to turn it on.",
                        OnStatusCondition.ENABLED);
            }
        };
    }

    @Bean
    PeriodicTask statusHistoryTask(
            PeriodicTasks tasks, StatusHistory history, StatusProperties properties) {
        return tasks.add("status-history", properties.lookInterval(), history::record);
    }

    @Bean
    StatusMetrics statusMetrics(StatusHistory history) {
        return new StatusMetrics(history);
    }

    /** The page; without it the history still shows contradictions in a metric and the log. */
    @Configuration(proxyBeanMethods = false)
    @Conditional(OnStatusCondition.class)
    @Import(StatusController.class)
    static class PageConfiguration {

        @Bean
        @Lazy
        StatusReport statusReport(
                InstanceName instance,
                ObjectProvider<InstanceDirectory> directory,
                StatusHistory history,
                ConnectorMonitors monitors,
                EventLog events,
                ServedCertificate certificate,
                ObjectProvider<PublicAddressScreenshots> screenshots,
                RedirectMetrics redirects) {
            return new StatusReport(
                    instance,
                    directory.getIfAvailable(),
                    history,
                    monitors,
                    events,
                    certificate,
                    screenshots.getIfAvailable(),
                    redirects,
                    Clock.systemUTC());
        }

        @Bean
        @Lazy
        StatusStream statusStream(EventLog events, StatusProperties properties) {
            return new StatusStream(events, properties.watchers());
        }
    }
}
