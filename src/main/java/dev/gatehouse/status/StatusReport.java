package dev.gatehouse.status;

import dev.gatehouse.status.StatusPage.Count;
import dev.gatehouse.status.StatusPage.Details;
import dev.gatehouse.status.StatusPage.Door;
import dev.gatehouse.status.StatusPage.Line;
import dev.gatehouse.status.StatusPage.Reason;
import dev.gatehouse.tls.ServedCertificate;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Statistic;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/** Puts together what the page shows. Metrics are read by name: who counts need not know of it. */
class StatusReport {

    private static final Pattern MILLIS = Pattern.compile("answered in ([0-9]+) ms");
    private static final int PUBLIC_EVENTS = 12;
    private static final List<String> COUNTED =
            List.of("connections", "requests", "scans", "restarts");

    private final Observatory observatory;
    private final ServedCertificate certificate;
    private final MeterRegistry meters;
    private final Clock clock;

    StatusReport(
            Observatory observatory,
            ServedCertificate certificate,
            MeterRegistry meters,
            Clock clock) {
        this.observatory = observatory;
        this.certificate = certificate;
        this.meters = meters;
        this.clock = clock;
    }

    /** For everybody, or with the details too. */
    StatusPage page(boolean detailed) {
        boolean contradiction = observatory.isContradiction();
        Condition worst =
                Arrays.stream(Subject.values())
                        .map(subject -> observatory.sight(subject).condition())
                        .reduce(Condition.UNKNOWN, Condition::worse);
        return new StatusPage(
                contradiction ? Observatory.CONTRADICTION : headline(worst),
                worst,
                contradiction,
                Arrays.stream(Subject.values()).map(this::door).toList(),
                certificate(),
                observatory.events().stream()
                        .limit(detailed ? Integer.MAX_VALUE : PUBLIC_EVENTS)
                        .map(e -> line(e, detailed))
                        .toList(),
                detailed ? details() : null);
    }

    private String headline(Condition worst) {
        return switch (worst) {
            case UNKNOWN -> "Nothing is known yet";
            case ALIVE -> "Both doors are alive";
            case BUSY -> "Both doors are alive, and busy";
            case DEAD -> "A door is dead";
        };
    }

    private Door door(Subject subject) {
        Sight sight = observatory.sight(subject);
        return new Door(
                subject.tag(),
                subject.title(),
                sight.condition(),
                probe(sight),
                Svg.strip(subject.title(), observatory.strip(subject).pieces()));
    }

    private static String probe(Sight sight) {
        String millis = sight.detail("probeMillis");
        Matcher answered = MILLIS.matcher(sight.reason());
        if (millis.isEmpty() && answered.find()) {
            millis = answered.group(1);
        }
        return millis.matches("[0-9]+") ? millis + " ms" : "";
    }

    private StatusPage.Certificate certificate() {
        Instant end = certificate.leaf().getNotAfter().toInstant();
        return new StatusPage.Certificate(
                String.join(", ", certificate.names().dnsNames().stream().sorted().toList()),
                Duration.between(clock.instant(), end).toDays(),
                end.atZone(ZoneOffset.UTC).toLocalDate().toString(),
                certificate.isSelfSigned());
    }

    private static Line line(Event event, boolean detailed) {
        return new Line(
                event.at(), event.condition(), event.text(), detailed ? event.detail() : null);
    }

    private Details details() {
        List<Count> counts = new ArrayList<>();
        for (Subject subject : List.of(Subject.HTTP, Subject.HTTPS)) {
            for (String name : COUNTED) {
                String value = count("gatehouse.connector." + name, subject);
                if (!value.isEmpty()) {
                    counts.add(new Count(subject.title() + ": " + name, value));
                }
            }
        }
        return new Details(
                counts,
                Svg.bars("Decisions on plain HTTP and HTTPS by reason", decisions()),
                Arrays.stream(Subject.values())
                        .map(s -> new Reason(s.title(), observatory.sight(s).reason()))
                        .toList());
    }

    private String count(String meter, Subject subject) {
        return meters.find(meter).tag("connector", subject.tag()).meters().stream()
                .findFirst()
                .map(m -> Long.toString(Math.round(value(m))))
                .orElse("");
    }

    private Map<String, Long> decisions() {
        Map<String, Long> counts = new TreeMap<>();
        for (Meter meter : meters.find("gatehouse.redirect.decisions").meters()) {
            String reason = String.valueOf(meter.getId().getTag("reason"));
            counts.merge(reason, Math.round(value(meter)), Long::sum);
        }
        return counts;
    }

    private static double value(Meter meter) {
        return StreamSupport.stream(meter.measure().spliterator(), false)
                .filter(
                        m ->
                                m.getStatistic() == Statistic.COUNT
                                        || m.getStatistic() == Statistic.VALUE)
                .mapToDouble(m -> m.getValue())
                .findFirst()
                .orElse(0);
    }
}
