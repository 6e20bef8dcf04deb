package dev.gatehouse.tools.outside;

import dev.gatehouse.config.InvalidPropertyException;
import dev.gatehouse.config.StateDirectory;
import dev.gatehouse.liveness.EventLog;
import dev.gatehouse.task.PeriodicTasks;
import dev.gatehouse.tools.job.JobStore;
import dev.gatehouse.tools.job.JobTools;
import dev.gatehouse.tools.outbound.HttpUrl;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.info.BuildProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Where the scheduled screenshots of the own site are enabled. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty("gatehouse.outside.screenshot.enabled")
@EnableConfigurationProperties(ScreenshotScheduleProperties.class)
class ScreenshotScheduleConfiguration {

    private static final String ENABLED = "gatehouse.outside.screenshot.enabled";

    @Bean
    OwnSiteScreenshots ownSiteScreenshots(
            ScreenshotScheduleProperties properties,
            OutsideProperties outside,
            ObjectProvider<BuildProperties> build,
            ObjectProvider<JobStore> store,
            ObjectProvider<JobTools> tools,
            StateDirectory state,
            EventLog events,
            PeriodicTasks tasks) {
        if (tools.getObject().find(OwnSiteScreenshots.TOOL).isEmpty()) {
            throw new InvalidPropertyException(
                    ENABLED,
                    true,
                    "needs screenshots, which are disabled",
                    "Set gatehouse.tools.enabled and gatehouse.screenshot.enabled to true.");
        }
        HttpUrl site =
                outside.site()
                        .orElseThrow(
                                () ->
                                        new InvalidPropertyException(
                                                ENABLED,
                                                true,
                                                "needs the address of the site",
                                                "Set gatehouse.outside.url."));
        Clock clock = Clock.systemUTC();
        OwnSiteScreenshots screenshots =
                new OwnSiteScreenshots(
                        properties,
                        site,
                        deployment(build.getIfAvailable(), clock),
                        store::getObject,
                        tools::getObject,
                        events,
                        new SavedImages(state.path().resolve("own-site").resolve(site.host())),
                        clock);
        tasks.add("own-site-screenshots", screenshots::pause, screenshots::step);
        return screenshots;
    }

    /** The build that runs; without one, each start is a deployment. */
    private static String deployment(@Nullable BuildProperties build, Clock clock) {
        return build == null
                ? clock.instant().toString()
                : "%s of %s".formatted(build.getVersion(), build.getTime());
    }
}
