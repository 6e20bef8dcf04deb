package dev.gatehouse.site;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * Health component {@code site}. It stays UP while the last site is served in place of a folder
 * that is gone or empty, since visitors are answered; the detail {@code problem} says so.
 */
class SiteHealthIndicator extends AbstractHealthIndicator {

    private final SiteProperties properties;
    private final CurrentSite site;

    SiteHealthIndicator(SiteProperties properties, CurrentSite site) {
        this.properties = properties;
        this.site = site;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        builder.up().withDetail("root", properties.root()).withDetail("files", site.fileCount());
        String problem = site.problem();
        if (problem != null) {
            builder.withDetail("problem", problem);
        }
    }
}
