package dev.gatehouse.tools.frontdoor;

import dev.gatehouse.tools.frontdoor.Facts.Alive;
import java.net.InetAddress;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** The check of one host: area by area, gathered and then judged. */
class FrontDoorCheck {

    private final Visitor visitor;
    private final Clock clock;
    private final CheckProgress progress;
    private final List<Finding> findings = new ArrayList<>();

    FrontDoorCheck(Visitor visitor, Clock clock, CheckProgress progress) {
        this.visitor = visitor;
        this.clock = clock;
        this.progress = progress;
    }

    /**
     * Visits the host.
     *
     * @param healthPath what a kubelet would probe
     * @return what was found, as much of it as the time allowed
     */
    CheckOutcome run(String host, String healthPath) {
        Gathering gathering = new Gathering(visitor, host);
        progress.begins(Area.ALIVE);
        Alive alive = gathering.alive();
        if (alive.doors().isEmpty()) {
            return new CheckOutcome.NotVisited();
        }
        judge(Area.ALIVE, alive);
        InetAddress address = Gathering.best(alive);
        boolean whole =
                look(Area.REDIRECT, () -> gathering.redirect(address))
                        && look(Area.CHAIN, gathering::chain)
                        && look(Area.TLS, () -> gathering.tls(address))
                        && look(Area.HEADERS, () -> gathering.page(address))
                        && look(Area.HEALTH, () -> gathering.health(address, healthPath));
        Report report = Report.of(findings);
        return whole ? new CheckOutcome.Whole(report) : new CheckOutcome.Partial(report);
    }

    private boolean look(Area area, Supplier<Facts> facts) {
        progress.begins(area);
        Facts gathered = facts.get();
        if (visitor.isOutOfTime()) {
            return false; // what was cut short says nothing of the host
        }
        judge(area, gathered);
        return true;
    }

    private void judge(Area area, Facts facts) {
        List<Finding> found = Rules.judge(facts, clock.instant());
        findings.addAll(found);
        progress.found(area, found);
    }
}
