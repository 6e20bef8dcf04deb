package dev.gatehouse.tools.frontdoor;

import static dev.gatehouse.tools.frontdoor.Area.HEALTH;

import dev.gatehouse.tools.frontdoor.Facts.Health;
import dev.gatehouse.tools.frontdoor.Facts.Hop;
import dev.gatehouse.tools.frontdoor.Facts.Probe;
import java.util.List;

/** What a probe would conclude, and whether that conclusion is worth anything. */
final class HealthRules {

    private HealthRules() {}

    static List<Finding> judge(Health health) {
        return List.of(judge(health, health.http()), judge(health, health.https()));
    }

    private static Finding judge(Health health, Probe probe) {
        String id = "kubelet-probe-" + probe.port();
        Evidence evidence = Evidence.of(probe.hops().stream().map(Hop::exchange).toList());
        String what = "A kubelet's probe of %s by %s".formatted(health.path(), probe.port());
        return switch (probe.conclusion()) {
            case PASSES ->
                    probe.hops().size() == 1
                            ? Finding.good(HEALTH, id, what + " passes.", evidence)
                            : Finding.note(
                                    HEALTH,
                                    id,
                                    what
                                            + " passes, but it is redirected: it tests another door"
                                            + " than the one it was sent to.",
                                    evidence);
            case FAILS -> Finding.note(HEALTH, id, what + " fails.", evidence);
            case BLIND ->
                    Finding.weak(
                            HEALTH,
                            id,
                            5,
                            what
                                    + " always passes: it is sent to another host, and that counts"
                                    + " as success (kubernetes#75416).",
                            evidence,
                            "Probe a path that answers by itself, and never one that redirects.");
        };
    }
}
