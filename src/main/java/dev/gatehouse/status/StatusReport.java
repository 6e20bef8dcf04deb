package dev.gatehouse.status;

import dev.gatehouse.config.InstanceName;
import dev.gatehouse.connector.ConnectorName;
import dev.gatehouse.liveness.ConnectorMonitors;
import dev.gatehouse.liveness.ConnectorReport;
import dev.gatehouse.liveness.EventLog;
import dev.gatehouse.liveness.InstanceDirectory;
import dev.gatehouse.liveness.PublicAddressScreenshots;
import dev.gatehouse.redirect.RedirectMetrics;
import dev.gatehouse.status.StatusPage.Component;
import dev.gatehouse.status.StatusPage.Line;
import dev.gatehouse.status.StatusTimeline.Interval;
import dev.gatehouse.tls.ServedCertificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Assembles the status page. */
class StatusReport {

    private static final int PUBLIC_EVENTS = 12;

    private final InstanceName instance;
    private final @Nullable InstanceDirectory directory;
    private final StatusHistory history;
    private final ConnectorMonitors monitors;
    private final EventLog events;
    private final ServedCertificate certificate;
    private final @Nullable PublicAddressScreenshots screenshots;
    private final RedirectMetrics redirects;
    private final Clock clock;

    StatusReport(
            InstanceName instance,
            @Nullable InstanceDirectory directory,
            StatusHistory history,
            ConnectorMonitors monitors,
            EventLog events,
            ServedCertificate certificate,
            @Nullable PublicAddressScreenshots screenshots,
            RedirectMetrics redirects,
            Clock clock) {
        this.instance = instance;
        this.directory = directory;
        this.history = history;
        this.monitors = monitors;
        this.events = events;
        this.certificate = certificate;
        this.screenshots = screenshots;
        this.redirects = redirects;
        this.clock = clock;
    }

    /**
     * @param detailed whether to include what only operators may see
     */
    StatusPage page(boolean detailed) {
        boolean contradiction = history.isContradiction();
        ComponentCondition worst =
                Arrays.stream(StatusComponent.values())
                        .map(component -> history.status(component).condition())
                        .reduce(ComponentCondition.UNKNOWN, ComponentCondition::worse);
        if (worst != ComponentCondition.DEAD && !areBothKnown()) {
            worst = ComponentCondition.UNKNOWN;
        }
        return new StatusPage(
                instance.value(),
                directory == null ? null : directory.live(),
                contradiction ? StatusHistory.CONTRADICTION : headline(worst),
                worst,
                contradiction,
                Arrays.stream(StatusComponent.values()).map(c -> component(c, detailed)).toList(),
                certificate(),
                screenshots == null
                        ? null
                        : screenshots.screenshots().stream().map(StatusPage.Look::of).toList(),
                lines(detailed),
                detailed ? redirects.countsByReason() : null);
    }

    private boolean areBothKnown() {
        return Stream.of(StatusComponent.HTTP, StatusComponent.HTTPS)
                .noneMatch(c -> history.status(c).condition() == ComponentCondition.UNKNOWN);
    }

    private String headline(ComponentCondition worst) {
        return switch (worst) {
            case UNKNOWN -> "Not yet checked";
            case ALIVE -> "Both connectors are alive";
            case BUSY -> "Both connectors are alive, and busy";
            case DEAD -> deadHeadline();
        };
    }

    private String deadHeadline() {
        List<String> dead =
                Stream.of(StatusComponent.HTTP, StatusComponent.HTTPS)
                        .filter(c -> history.status(c).condition() == ComponentCondition.DEAD)
                        .map(StatusComponent::title)
                        .toList();
        return String.join(" and ", dead) + (dead.size() == 1 ? " is dead" : " are dead");
    }

    private Component component(StatusComponent component, boolean detailed) {
        ComponentStatus status = history.status(component);
        List<Interval> intervals = history.timeline(component).until(clock.instant());
        return new Component(
                component.tag(),
                component.title(),
                status.condition(),
                status.probeMillis(),
                StatusTimeline.availability(intervals),
                intervals,
                detailed ? counts(component) : null,
                detailed ? status.reason() : null);
    }

    private @Nullable Map<String, Long> counts(StatusComponent component) {
        return switch (component) {
            case HTTP -> counts(monitors.report(ConnectorName.HTTP));
            case HTTPS -> counts(monitors.report(ConnectorName.HTTPS));
            case OUTSIDE -> null;
        };
    }

    private static Map<String, Long> counts(ConnectorReport report) {
        Map<String, Long> counts = new LinkedHashMap<>();
        counts.put("open connections", report.openConnections());
        counts.put("requests", report.requests());
        counts.put("scans", report.scans());
        counts.put("restarts", (long) report.restarts());
        return counts;
    }

    private StatusPage.Certificate certificate() {
        Instant end = certificate.leaf().getNotAfter().toInstant();
        return new StatusPage.Certificate(
                certificate.names().dnsNames().stream().sorted().toList(),
                Duration.between(clock.instant(), end).toDays(),
                end.atZone(ZoneOffset.UTC).toLocalDate(),
                certificate.isSelfSigned(),
                certificate.missingIssuer());
    }

    /** The newest first. */
    private List<Line> lines(boolean detailed) {
        return events.events().stream()
                .sorted(Comparator.comparing(EventLog.Event::time)) // threads add them
                .toList()
                .reversed()
                .stream()
                .map(event -> line(event, detailed))
                .filter(Objects::nonNull)
                .limit(detailed ? Integer.MAX_VALUE : PUBLIC_EVENTS)
                .toList();
    }

    private static @Nullable Line line(EventLog.Event event, boolean detailed) {
        return event.headline() == null
                ? null
                : new Line(
                        event.time(),
                        ComponentCondition.of(event.state()),
                        event.headline(),
                        detailed ? event.detail() : null);
    }
}
