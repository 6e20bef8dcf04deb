package dev.gatehouse.status;

import dev.gatehouse.status.StatusPage.Count;
import dev.gatehouse.status.StatusPage.Details;
import dev.gatehouse.status.StatusPage.Door;
import dev.gatehouse.status.StatusPage.Line;
import dev.gatehouse.tls.ServedCertificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Puts together what the page shows. */
class StatusReport {

    private static final Pattern MILLIS = Pattern.compile("answered in ([0-9]+) ms");
    private static final int PUBLIC_EVENTS = 12;

    private final Observatory observatory;
    private final ServedCertificate certificate;
    private final ConnectorNumbers numbers;
    private final Clock clock;

    StatusReport(
            Observatory observatory,
            ServedCertificate certificate,
            ConnectorNumbers numbers,
            Clock clock) {
        this.observatory = observatory;
        this.certificate = certificate;
        this.numbers = numbers;
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
                Arrays.stream(Subject.values()).map(s -> door(s, detailed)).toList(),
                certificate(),
                observatory.events().stream()
                        .limit(detailed ? Integer.MAX_VALUE : PUBLIC_EVENTS)
                        .map(e -> line(e, detailed))
                        .toList(),
                detailed
                        ? new Details(Svg.bars("Decisions by reason", numbers.decisions()))
                        : null);
    }

    private String headline(Condition worst) {
        return switch (worst) {
            case UNKNOWN -> "Nothing is known yet";
            case ALIVE -> "Both doors are alive";
            case BUSY -> "Both doors are alive, and busy";
            case DEAD -> dead();
        };
    }

    private String dead() {
        List<String> dead =
                Stream.of(Subject.HTTP, Subject.HTTPS)
                        .filter(s -> observatory.sight(s).condition() == Condition.DEAD)
                        .map(Subject::title)
                        .toList();
        return String.join(" and ", dead) + (dead.size() == 1 ? " is dead" : " are dead");
    }

    private Door door(Subject subject, boolean detailed) {
        Sight sight = observatory.sight(subject);
        return new Door(
                subject.tag(),
                subject.title(),
                sight.condition(),
                probe(sight),
                Svg.strip(subject.title(), observatory.strip(subject).pieces()),
                detailed ? counts(subject) : List.of(),
                detailed ? sight.reason() : null);
    }

    private List<Count> counts(Subject subject) {
        List<Count> counts = new ArrayList<>();
        count(counts, "open connections", numbers.openConnections(subject));
        count(counts, "requests", numbers.requests(subject));
        count(counts, "scans", numbers.scans(subject));
        count(counts, "restarts", numbers.restarts(subject));
        return counts;
    }

    private static void count(List<Count> counts, String what, OptionalLong value) {
        value.ifPresent(number -> counts.add(new Count(what, number)));
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
}
