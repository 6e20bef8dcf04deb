package dev.gatehouse.connector;

import dev.gatehouse.config.PropertyChecks;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What both connectors allow, beyond {@code server.tomcat.*}.
 *
 * @param headerTimeout time within which a connection must have delivered its first request's
 *     header, counted from its acceptance, however steadily bytes drip in
 * @param scanReportInterval time between two lines that sum up the connections that asked for
 *     nothing
 */
@ConfigurationProperties("gatehouse.connector")
record ConnectorProperties(
        @DefaultValue("30s") Duration headerTimeout,
        @DefaultValue("1m") Duration scanReportInterval) {

    ConnectorProperties {
        new PropertyChecks("gatehouse.connector")
                .positive("header-timeout", headerTimeout, "30s")
                .positive("scan-report-interval", scanReportInterval, "30s");
    }
}
