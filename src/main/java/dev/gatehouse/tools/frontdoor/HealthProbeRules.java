package dev.gatehouse.tools.frontdoor;

import static dev.gatehouse.tools.frontdoor.Area.HEALTH;

import dev.gatehouse.tools.frontdoor.Observations.HealthProbes;
import dev.gatehouse.tools.frontdoor.Observations.Hop;
import dev.gatehouse.tools.frontdoor.Observations.Probe;
import java.util.List;

/** What a kubelet's probe would conclude, and whether it could ever fail. */
final class HealthProbeRules {

    private HealthProbeRules() {}

    static List<Finding> judge(HealthProbes probes) {
        return List.of(judge(probes.path(), probes.http()), judge(probes.path(), probes.https()));
    }

    private static Finding judge(String path, Probe probe) {
        String id = "kubelet-probe-" + probe.scheme().text();
        Transcript transcript = Transcript.of(probe.hops().stream().map(Hop::exchange).toList());
        String title = "A kubelet's probe of %s by %s".formatted(path, probe.scheme().text());
        return switch (probe.conclusion()) {
            case PASSES ->
                    probe.hops().size() == 1
                            ? Finding.good(HEALTH, id, title + " passes.", transcript)
                            : Finding.note(
                                    HEALTH,
                                    id,
                                    title
                                            + " passes after a redirect: it tests another port than"
                                            + " the one it was sent to.",
                                    transcript);
            case FAILS -> Finding.note(HEALTH, id, title + " fails.", transcript);
            case BLIND ->
                    Finding.weak(
                            HEALTH,
                            id,
                            5,
                            title
                                    + " always passes: a redirect to another host counts as success"
                                    + " (kubernetes#75416).",
                            transcript,
                            "Probe a path that is not redirected.");
        };
    }
}
