package dev.gatehouse.tools.seo;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Points from 0 to 100: the weights of the rules that passed, in per cent of those that passed or
 * failed.
 */
final class Score {

    /** The rules of Lighthouse's SEO category that have a weight. */
    static final Set<String> LIGHTHOUSE =
            Set.of(
                    "is-crawlable",
                    "document-title",
                    "meta-description",
                    "http-status-code",
                    "link-text",
                    "crawlable-anchors",
                    "robots-txt",
                    "image-alt",
                    "hreflang",
                    "canonical");

    /** The most that a page gets which search engines cannot show: Lighthouse's limit for it. */
    private static final int HIDDEN = 69;

    private Score() {}

    /** Of all rules. */
    static int of(List<Finding> findings) {
        boolean hidden =
                findings.stream()
                        .anyMatch(
                                f ->
                                        f.failed()
                                                && switch (f.id()) {
                                                    case "is-crawlable",
                                                            "googlebot-indexable",
                                                            "http-status-code" ->
                                                            true;
                                                    default -> false;
                                                });
        int score = of(findings, finding -> true);
        return hidden ? Math.min(score, HIDDEN) : score;
    }

    /** Of Lighthouse's rules alone. */
    static int ofLighthouse(List<Finding> findings) {
        return of(findings, finding -> LIGHTHOUSE.contains(finding.id()));
    }

    private static int of(Collection<Finding> findings, Predicate<Finding> counted) {
        double passed = 0;
        double all = 0;
        for (Finding finding : findings) {
            if (counted.test(finding)) {
                passed += finding.outcome() == Outcome.PASS ? finding.weight() : 0;
                all += finding.outcome() == Outcome.PASS || finding.failed() ? finding.weight() : 0;
            }
        }
        return all == 0 ? 0 : (int) Math.round(passed * 100 / all);
    }

    /** Of a site: four parts of five are the mean of its pages, one is that of the site's rules. */
    static int ofSite(List<Integer> pages, List<Finding> site) {
        double mean = pages.stream().mapToInt(Integer::intValue).average().orElse(0);
        boolean judged = site.stream().anyMatch(f -> f.outcome() == Outcome.PASS || f.failed());
        return (int) Math.round(judged ? (4 * mean + of(site, f -> true)) / 5 : mean);
    }
}
