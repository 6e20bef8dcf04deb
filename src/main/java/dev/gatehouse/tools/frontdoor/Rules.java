package dev.gatehouse.tools.frontdoor;

import java.time.Instant;
import java.util.List;

/** From the facts of an area to its findings: pure functions, each in a file of its own. */
final class Rules {

    private Rules() {}

    static List<Finding> judge(Facts facts, Instant now) {
        return switch (facts) {
            case Facts.Alive alive -> AliveRules.judge(alive);
            case Facts.Redirect redirect -> RedirectRules.judge(redirect);
            case Facts.Chain chain -> ChainRules.judge(chain);
            case Facts.Tls tls -> new TlsRules(tls, now).judge();
            case Facts.Page page -> PageRules.judge(page);
            case Facts.Health health -> HealthRules.judge(health);
        };
    }
}
