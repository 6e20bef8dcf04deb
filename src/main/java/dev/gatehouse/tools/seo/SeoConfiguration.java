package dev.gatehouse.tools.seo;

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
@ConditionalOnTool(SeoTool.NAME)
@EnableConfigurationProperties(SeoProperties.class)
class SeoConfiguration {

    @Bean
    @Order(2)
    ToolRegistration seoRegistration(ObjectProvider<SeoTool> tool) {
        return new ToolRegistration(
                SeoTool.NAME,
                "seo/audits",
                "Audit a page for search",
                "Shows what search engines and AI crawlers see of a page or a site, and what to"
                        + " change, with the line it stands in.",
                tool::getObject);
    }

    /** Made when the first visitor asks. */
    @Bean
    @Lazy
    SeoTool seoTool(CrawlEngine engine, OutboundClient outbound, SeoProperties properties) {
        return new SeoTool(engine, outbound, properties, Clock.systemUTC());
    }
}
