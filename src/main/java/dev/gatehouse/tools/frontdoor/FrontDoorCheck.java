package dev.gatehouse.tools.frontdoor;

import java.net.InetAddress;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The check of one host: area by area, observed and then judged. */
class FrontDoorCheck {

    /** The number of areas that are announced to the listener. */
    static final int STEPS = 6;

    private final CheckClient client;
    private final Clock clock;
    private final Listener listener;
    private final List<Finding> findings = new ArrayList<>();
    private final Map<String, String> texts = new HashMap<>();

    FrontDoorCheck(CheckClient client, Clock clock, Listener listener) {
        this.client = client;
        this.clock = clock;
        this.listener = listener;
    }

    /** Is told about the progress of a check. */
    interface Listener {

        /** Ignores it. */
        Listener NONE =
                new Listener() {

                    @Override
                    public void begins(Area area) {}

                    @Override
                    public void found(List<Finding> findings) {}
                };

        void begins(Area area);

        void found(List<Finding> findings);
    }

    /** How a check ends. */
    sealed interface Outcome {}

    /** Everything was checked. */
    record Complete(Report report) implements Outcome {}

    /** The budget was spent before that. */
    record Partial(Report report) implements Outcome {}

    /** The name has no address that may be visited. */
    record NotVisited() implements Outcome {}

    /**
     * Checks the host.
     *
     * @param healthPath what a kubelet would probe
     */
    Outcome run(String host, String healthPath) {
        ObservationCollector collector = new ObservationCollector(client, host, clock);
        listener.begins(Area.ALIVE);
        Observations.Availability availability = collector.availability();
        if (availability.endpoints().isEmpty()) {
            return new NotVisited();
        }
        judge(availability);
        InetAddress address = ObservationCollector.best(availability);
        boolean complete =
                check(Area.REDIRECT, () -> collector.plainHttp(address))
                        && check(Area.CHAIN, collector::chain)
                        && check(Area.TLS, () -> collector.tls(address))
                        && check(Area.HEADERS, () -> collector.page(address))
                        && check(Area.HEALTH, () -> collector.healthProbes(address, healthPath));
        Report report = Report.of(findings);
        return complete ? new Complete(report) : new Partial(report);
    }

    private boolean check(Area area, Supplier<Observations> observations) {
        listener.begins(area);
        Observations observed = observations.get();
        if (client.isBudgetSpent()) {
            return false; // what was cut short says nothing about the host
        }
        judge(observed);
        return true;
    }

    private void judge(Observations observed) {
        List<Finding> found =
                observed.findings(clock.instant()).stream()
                        .map(finding -> finding.sharingTexts(texts))
                        .toList();
        findings.addAll(found);
        listener.found(found);
    }
}
