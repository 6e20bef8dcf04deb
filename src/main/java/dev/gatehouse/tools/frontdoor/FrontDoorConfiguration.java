package dev.gatehouse.tools.frontdoor;

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
@ConditionalOnTool(FrontDoorTool.NAME)
@EnableConfigurationProperties(FrontDoorProperties.class)
class FrontDoorConfiguration {

    @Bean
    @Order(0)
    ToolRegistration frontDoorRegistration(ObjectProvider<FrontDoorTool> tool) {
        return new ToolRegistration(
                FrontDoorTool.NAME,
                "front-door/checks",
                "Check a front door",
                "Checks a site's plain HTTP and HTTPS from outside, as its visitors reach them, and"
                        + " says what to fix.",
                tool::getObject);
    }

    /** Made when the first visitor asks. */
    @Bean
    @Lazy
    FrontDoorTool frontDoorTool(OutboundClient outbound, FrontDoorProperties properties) {
        return new FrontDoorTool(outbound, properties, Clock.systemUTC());
    }
}
