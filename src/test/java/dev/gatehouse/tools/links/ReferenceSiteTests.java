package dev.gatehouse.tools.links;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testing.LinkFixture;
import dev.gatehouse.testing.TestSite;
import dev.gatehouse.tools.links.Sites.Outcome;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Sites whose broken links are known: all are found, nothing else is, and at little cost. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class ReferenceSiteTests {

    private static final String ORIGIN = "http://reference.test";

    private final Sites sites = new Sites();

    @AfterEach
    void stop() {
        sites.close();
    }

    @Test
    void referenceSiteWhenCheckedHasItsSeventyFaultsAndNoOther() throws InterruptedException {
        check(LinkFixture.reference());
    }

    @Test
    void siteOfOtherProportionsWhenCheckedHasItsFaultsAndNoOther() throws InterruptedException {
        check(LinkFixture.second());
    }

    private void check(LinkFixture fixture) throws InterruptedException {
        TestSite site = sites.http("reference.test").otherwise(r -> fixture.answer(r.target()));

        Outcome outcome = sites.check(ORIGIN + "/");

        assertThat(urls(outcome, "broken")).isEqualTo(fixture.brokenLinks());
        assertThat(urls(outcome, "bad-fragment")).isEqualTo(fixture.fragmentLinks());
        assertThat(outcome.verdicts().values())
                .isSubsetOf("ok", "redirected", "broken", "bad-fragment");
        assertThat(outcome.partial()).isFalse();
        assertThat(outcome.report().pages()).isEqualTo(fixture.pages());
        assertThat(requestsOfUrls(site)).isLessThanOrEqualTo((int) (fixture.urls() * 1.05));
        assertThat(outcome.report().effort().requests()).isEqualTo(fixture.urls());
    }

    private static Set<String> urls(Outcome outcome, String verdict) {
        return outcome.links().values().stream()
                .filter(link -> link.verdict().equals(verdict))
                .map(link -> link.url().substring(ORIGIN.length()))
                .collect(Collectors.toSet());
    }

    /** Without robots.txt, sitemaps, the probe for soft 404s, and GET after HEAD. */
    private static int requestsOfUrls(TestSite site) {
        List<String> log = site.log();
        return (int)
                log.stream()
                        .filter(line -> !line.contains("robots.txt"))
                        .filter(line -> !line.contains("sitemap"))
                        .filter(line -> !line.contains("/gatehouse"))
                        .filter(line -> !isFallback(line, log))
                        .count();
    }

    private static boolean isFallback(String line, List<String> log) {
        return line.startsWith("GET ") && log.contains("HEAD" + line.substring(3));
    }
}
