package dev.gatehouse.tools.seo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PageRulesTests {

    static Stream<RuleFixture> fixtures() throws IOException {
        return RuleFixture.all().stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("fixtures")
    void ruleJudgesPageAsItsFixtureSays(RuleFixture fixture) {
        Finding finding = find(PageRules.judge(fixture.page()), fixture.rule());
        assertThat(finding.outcome().tag())
                .as("%s %s", finding.text(), finding.evidence())
                .isEqualTo(fixture.outcome());
        if (!fixture.at().isEmpty()) {
            Evidence first = finding.evidence().getFirst();
            assertThat(first.line() + ":" + first.column()).isEqualTo(fixture.at());
        }
    }

    private static Finding find(List<Finding> findings, String id) {
        return findings.stream().filter(f -> f.id().equals(id)).findFirst().orElseThrow();
    }

    @Test
    void typesOfAllThreeSyntaxesAreListed() {
        PageFacts page =
                RuleFixture.page(
                        """
                        <!doctype html><title>A</title>
                        <script type="application/ld+json">
                        {"@context": "https://schema.org", "@type": "WebSite"}</script>
                        <div itemscope itemtype="https://schema.org/Product"></div>
                        <div vocab="https://schema.org/"><p typeof="Person Place">B</p></div>
                        <p typeof="schema:Event">C</p><p typeof="foaf:Agent">D</p>
                        """);

        assertThat(find(PageRules.judge(page), "structured-data").text())
                .isEqualTo("Event, Person, Place, Product, WebSite.");
    }

    @Test
    void everyRuleHasPageThatPassesOneThatFailsAndOneThatItDoesNotApplyTo() throws IOException {
        Map<String, Set<String>> outcomes =
                RuleFixture.all().stream()
                        .collect(
                                Collectors.groupingBy(
                                        RuleFixture::rule,
                                        Collectors.mapping(
                                                RuleFixture::outcome, Collectors.toSet())));
        PageFacts noHtml =
                RuleFixture.page("%PDF".getBytes(StandardCharsets.UTF_8), "application/pdf");
        for (Finding finding : PageRules.judge(noHtml)) {
            outcomes.computeIfAbsent(finding.id(), id -> new HashSet<>())
                    .add(finding.outcome().tag());
        }
        Set<String> always =
                Set.of(
                        "is-crawlable",
                        "http-status-code",
                        "googlebot-indexable",
                        "hreflang",
                        "content-type",
                        "page-size",
                        "https");
        for (Rule rule : PageRules.ALL) {
            Set<String> expected = new HashSet<>();
            expected.addAll(rule.weight() == 0 ? Set.of("info") : Set.of("pass", "fail"));
            if (!always.contains(rule.id())) {
                expected.add("not-applicable");
            }
            assertThat(outcomes.get(rule.id())).as(rule.id()).containsAll(expected);
        }
    }

    @Test
    void everyRuleHasUniqueIdSourceAndRemedy() {
        assertThat(PageRules.ALL).extracting(Rule::id).doesNotHaveDuplicates();
        assertThat(PageRules.ALL)
                .allSatisfy(
                        rule -> {
                            assertThat(rule.source()).startsWith("https://");
                            assertThat(rule.title()).isNotBlank();
                            assertThat(rule.remedy().isBlank()).isEqualTo(rule.weight() == 0);
                        });
    }
}
