package dev.gatehouse.tools.crawl;

import dev.gatehouse.tools.outbound.OutboundClient;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(PolitenessProperties.class)
class CrawlConfiguration {

    /** Made when the first crawl begins. */
    @Bean
    @Lazy
    CrawlEngine crawlEngine(OutboundClient outbound, PolitenessProperties properties) {
        return new CrawlEngine(outbound, properties.hostConnections(), properties.hostInterval());
    }
}
