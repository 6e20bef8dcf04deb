package dev.gatehouse.tools.frontdoor;

import dev.gatehouse.tools.outbound.Exchange;
import dev.gatehouse.tools.outbound.Exchange.Answered;
import java.util.ArrayList;
import java.util.List;

/** HSTS, and the headers that MDN's Observatory scores. */
final class PageRules {

    private PageRules() {}

    static List<Finding> judge(Facts.Page page) {
        if (!(page.tls() instanceof Answered answered)) {
            return List.of();
        }
        Exchange plain = page.plain();
        List<Finding> findings = new ArrayList<>(new HstsRules(answered, plain).judge());
        findings.addAll(new HeaderRules(page.host(), answered).judge());
        return findings;
    }
}
