package dev.gatehouse.tools.screenshot;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * Tells whether screenshots can be taken. Nothing else needs a browser: without one the state is
 * unknown, which changes no other.
 */
final class ScreenshotHealthIndicator extends AbstractHealthIndicator {

    private final Browsers browsers;

    ScreenshotHealthIndicator(Browsers browsers) {
        this.browsers = browsers;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        browsers.problem()
                .ifPresentOrElse(
                        problem ->
                                builder.unknown()
                                        .withDetail("problem", problem.text())
                                        .withDetail("remedy", problem.remedy()),
                        () -> builder.up().withDetail("browser", browsers.browser().orElse("")));
    }
}
