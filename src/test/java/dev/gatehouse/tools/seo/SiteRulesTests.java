package dev.gatehouse.tools.seo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.tools.seo.SiteFacts.Robots;
import dev.gatehouse.tools.seo.SiteFacts.SitemapEntry;
import dev.gatehouse.tools.seo.SiteFacts.SitemapFile;
import dev.gatehouse.tools.seo.SiteFacts.Sitemaps;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The rules over a site, on the sites in {@code src/test/resources/seo/site-rules.txt}. */
class SiteRulesTests {

    private static final String HOST = "https://example.com";

    /**
     * A site that a rule judges.
     *
     * @param evidence the paths that it is to name
     */
    record Fixture(
            String name, String rule, String outcome, List<String> evidence, VisitedSite site) {}

    static Stream<Fixture> fixtures() throws IOException {
        String[] parts =
                ("\n" + Files.readString(Path.of("src/test/resources/seo/site-rules.txt")))
                        .split("\n=== ", -1);
        return Stream.of(parts).skip(1).map(SiteRulesTests::fixture);
    }

    /** The rule, its outcome and the paths of its evidence, then a line for each URL. */
    private static Fixture fixture(String text) {
        String[] lines = text.strip().split("\n", -1);
        String[] heading = lines[0].split(" ", -1);
        SequencedMap<String, VisitedPage> pages = new LinkedHashMap<>();
        Map<String, SitemapEntry> sitemap = new HashMap<>();
        boolean complete = true;
        for (String line : lines) {
            String[] words = line.split(" ", -1);
            if (line.startsWith("@sitemap ")) {
                String url = HOST + words[1];
                sitemap.put(url, new SitemapEntry(url, null, HOST + "/sitemap.xml"));
            } else if (line.equals("@incomplete")) {
                complete = false;
            } else if (line.startsWith("/")) {
                pages.put(HOST + words[0], page(words));
            }
        }
        List<SitemapFile> files =
                sitemap.isEmpty()
                        ? List.of()
                        : List.of(new SitemapFile(HOST + "/sitemap.xml", sitemap.size(), ""));
        return new Fixture(
                lines[0],
                heading[0],
                heading[1],
                Arrays.stream(heading).skip(2).map(path -> HOST + path).toList(),
                new VisitedSite(
                        HOST + "/",
                        pages,
                        new SiteFacts(
                                Robots.of(404, null, ""),
                                new Sitemaps(files, sitemap),
                                RuleFixture.NOW),
                        complete));
    }

    private static VisitedPage page(String[] words) {
        Map<String, String> values = new HashMap<>();
        List<String> links = new ArrayList<>();
        Map<String, String> alternates = new LinkedHashMap<>();
        for (String word : words) {
            String[] pair = word.split("=", 2);
            if (pair.length < 2) {
                continue;
            }
            switch (pair[0]) {
                case "link" -> links.add(HOST + pair[1]);
                case "alternate" -> {
                    String[] alternate = pair[1].split(":", 2);
                    alternates.put(alternate[0], HOST + alternate[1]);
                }
                default -> values.put(pair[0], pair[1]);
            }
        }
        int status = Integer.parseInt(values.getOrDefault("status", "200"));
        String target = values.get("target");
        if (status != 200) {
            return VisitedPage.other(
                    HOST + words[0], status, target == null ? null : HOST + target);
        }
        return new VisitedPage(
                HOST + words[0],
                status,
                null,
                true,
                values.getOrDefault("title", ""),
                values.getOrDefault("description", ""),
                !values.containsKey("noindex"),
                canonical(values.get("canonical")),
                Long.parseLong(values.getOrDefault("text", "0")),
                links,
                alternates,
                100,
                100);
    }

    private static @Nullable String canonical(@Nullable String path) {
        return path == null ? null : HOST + path;
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void ruleJudgesSiteAsItsFixtureSays(Fixture fixture) {
        Finding finding =
                SiteRules.judge(fixture.site()).stream()
                        .filter(f -> f.id().equals(fixture.rule()))
                        .findFirst()
                        .orElseThrow();

        assertThat(finding.outcome().tag())
                .as("%s %s", finding.text(), finding.evidence())
                .isEqualTo(fixture.outcome());
        assertThat(finding.evidence())
                .extracting(Evidence::snippet)
                .containsExactlyInAnyOrderElementsOf(fixture.evidence());
    }

    @Test
    void everyRuleHasSiteThatPassesOneThatFailsAndOneThatItDoesNotApplyTo() throws IOException {
        Map<String, Set<String>> outcomes =
                fixtures()
                        .collect(
                                Collectors.groupingBy(
                                        Fixture::rule,
                                        Collectors.mapping(Fixture::outcome, Collectors.toSet())));

        assertThat(SiteRules.ALL)
                .allSatisfy(
                        rule ->
                                assertThat(outcomes.get(rule.id()))
                                        .as(rule.id())
                                        .containsOnly("pass", "fail", "not-applicable"));
    }
}
