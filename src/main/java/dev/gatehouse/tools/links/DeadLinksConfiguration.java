package dev.gatehouse.tools.links;

import dev.gatehouse.tools.crawl.CrawlEngine;
import dev.gatehouse.tools.job.ConditionalOnTool;
import dev.gatehouse.tools.job.ToolRegistration;
import dev.gatehouse.tools.outbound.OutboundClient;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.annotation.Order;

@Configuration(proxyBeanMethods = false)
@ConditionalOnTool(DeadLinksTool.NAME)
@EnableConfigurationProperties(DeadLinksProperties.class)
class DeadLinksConfiguration {

    @Bean
    @Order(1)
    ToolRegistration deadLinksRegistration(ObjectProvider<DeadLinksTool> tool) {
        return new ToolRegistration(
                DeadLinksTool.NAME,
                "dead-links/checks",
                "Check links",
                "Finds the dead links of a page or a whole site, and those that go around HTTPS.",
                tool::getObject);
    }

    /** Made when the first visitor asks. */
    @Bean
    @Lazy
    DeadLinksTool deadLinksTool(
            OutboundClient outbound, CrawlEngine engine, DeadLinksProperties properties) {
        return new DeadLinksTool(outbound, engine, properties, Clock.systemUTC());
    }
}
