package dev.gatehouse.tools.outside;

import dev.gatehouse.config.InvalidPropertyException;
import dev.gatehouse.liveness.EventLog;
import dev.gatehouse.task.PeriodicTasks;
import dev.gatehouse.tools.job.JobStore;
import dev.gatehouse.tools.job.JobTools;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Where the scheduled check of the own site's links is enabled. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty("gatehouse.outside.crawl.enabled")
@EnableConfigurationProperties(LinkScheduleProperties.class)
class LinkScheduleConfiguration {

    @Bean
    OwnSiteLinks ownSiteLinks(
            LinkScheduleProperties crawl,
            OutsideProperties outside,
            ObjectProvider<JobStore> store,
            ObjectProvider<JobTools> tools,
            EventLog events,
            PeriodicTasks tasks) {
        if (tools.getObject().find(OwnSiteLinks.TOOL).isEmpty()) {
            throw new InvalidPropertyException(
                    "gatehouse.outside.crawl.enabled",
                    true,
                    "needs the check of links, which is disabled",
                    "Set gatehouse.tools.enabled and gatehouse.dead-links.enabled to true.");
        }
        OwnSiteLinks links =
                new OwnSiteLinks(
                        crawl.cron(),
                        outside.site()
                                .orElseThrow(
                                        () ->
                                                new InvalidPropertyException(
                                                        "gatehouse.outside.crawl.enabled",
                                                        true,
                                                        "needs the address of the site",
                                                        "Set gatehouse.outside.url.")),
                        store::getObject,
                        tools::getObject,
                        events,
                        Clock.systemUTC());
        tasks.add("own-site-links", links::pause, links::step);
        return links;
    }

    @Bean
    OwnSiteLinksMetrics ownSiteLinksMetrics(OwnSiteLinks ownSiteLinks) {
        return new OwnSiteLinksMetrics(ownSiteLinks);
    }
}
