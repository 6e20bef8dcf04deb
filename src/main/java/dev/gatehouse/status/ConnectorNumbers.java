package dev.gatehouse.status;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Statistic;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.StreamSupport;

/** Reads what is counted, by the metrics' names: who counts need not know of it. */
class ConnectorNumbers {

    private static final String PREFIX = "gatehouse.connector.";

    /** Connections that asked for nothing, whatever they did instead. */
    private static final List<String> SCANS =
            List.of(
                    "connections.silent",
                    "connections.handshake.failed",
                    "connections.plain.on.tls",
                    "connections.header.timeout");

    private final Supplier<MeterRegistry> meters;

    /**
     * @param meters asked for at each reading, since they are made after whoever reads them
     */
    ConnectorNumbers(Supplier<MeterRegistry> meters) {
        this.meters = meters;
    }

    OptionalLong openConnections(Subject subject) {
        return sum(subject, List.of("connections"));
    }

    OptionalLong requests(Subject subject) {
        return sum(subject, List.of("requests"));
    }

    OptionalLong scans(Subject subject) {
        return sum(subject, SCANS);
    }

    OptionalLong restarts(Subject subject) {
        return sum(subject, List.of("restarts"));
    }

    /** Empty where nobody counts it. */
    private OptionalLong sum(Subject subject, List<String> names) {
        List<Meter> found =
                names.stream()
                        .flatMap(name -> meters(PREFIX + name, subject).stream().limit(1))
                        .toList();
        return found.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(found.stream().mapToLong(ConnectorNumbers::value).sum());
    }

    private List<Meter> meters(String name, Subject subject) {
        return List.copyOf(meters.get().find(name).tag("connector", subject.tag()).meters());
    }

    /** The redirect's decisions, by reason. */
    Map<String, Long> decisions() {
        Map<String, Long> counts = new TreeMap<>();
        for (Meter meter : meters.get().find("gatehouse.redirect.decisions").meters()) {
            counts.merge(String.valueOf(meter.getId().getTag("reason")), value(meter), Long::sum);
        }
        return counts;
    }

    private static long value(Meter meter) {
        return StreamSupport.stream(meter.measure().spliterator(), false)
                .filter(
                        m ->
                                m.getStatistic() == Statistic.COUNT
                                        || m.getStatistic() == Statistic.VALUE)
                .mapToLong(m -> Math.round(m.getValue()))
                .findFirst()
                .orElse(0);
    }
}
