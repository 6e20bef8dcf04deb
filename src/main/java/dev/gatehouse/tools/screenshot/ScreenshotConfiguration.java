package dev.gatehouse.tools.screenshot;

import dev.gatehouse.tools.job.ConditionalOnTool;
import dev.gatehouse.tools.job.ToolRegistration;
import dev.gatehouse.tools.outbound.OutboundClient;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.annotation.Order;

@Configuration(proxyBeanMethods = false)
@ConditionalOnTool(ScreenshotTool.NAME)
@EnableConfigurationProperties(ScreenshotProperties.class)
class ScreenshotConfiguration {

    @Bean
    @Order(3)
    ToolRegistration screenshotRegistration(ObjectProvider<ScreenshotTool> tool) {
        return new ToolRegistration(
                ScreenshotTool.NAME,
                "screenshots",
                "Take a screenshot",
                "Shows a page as its visitors see it: as a desktop or a phone, light or dark, as a"
                        + " whole or a part of it.",
                tool::getObject);
    }

    /** Starts no browser before the first screenshot. */
    @Bean
    Browsers browsers(ScreenshotProperties properties, ObjectProvider<OutboundClient> outbound) {
        String path = System.getenv("PATH");
        return new Browsers(
                properties, outbound::getObject, path == null ? "/usr/bin:/usr/local/bin" : path);
    }

    /** Made when the first visitor asks. */
    @Bean
    @Lazy
    ScreenshotTool screenshotTool(
            Browsers browsers, OutboundClient outbound, ScreenshotProperties properties) {
        return new ScreenshotTool(browsers, outbound, properties, Clock.systemUTC());
    }

    @Bean
    HealthIndicator screenshotHealthIndicator(Browsers browsers) {
        return new ScreenshotHealthIndicator(browsers);
    }
}
