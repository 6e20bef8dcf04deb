package dev.gatehouse.tools.seo;

import static dev.gatehouse.testing.ToolClient.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testing.RunningGatehouse;
import dev.gatehouse.testing.ToolClient;
import dev.gatehouse.tools.html.PlainHttp;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** The audit's API and page on a whole server, of a site over TLS. */
class SeoApiTests {

    private static final String API = "/api/v1/seo/audits";

    private static RunningGatehouse gatehouse;
    private static ToolClient client;

    @BeforeAll
    static void start() {
        gatehouse =
                RunningGatehouse.startWith(
                        new Class<?>[] {AuditedSite.class},
                        "gatehouse.dead-links.host-interval=0",
                        "gatehouse.seo.per-caller=50",
                        "gatehouse.seo.per-target=50");
        client = new ToolClient(gatehouse);
    }

    @AfterAll
    static void stop() {
        client.close();
        gatehouse.close();
    }

    private static JsonNode audit(String json) {
        return client.run(API, json);
    }

    private static String outcome(JsonNode findings, String id) {
        for (JsonNode finding : findings.values()) {
            if (finding.path("id").asString().equals(id)) {
                return finding.path("outcome").asString();
            }
        }
        throw new AssertionError(id);
    }

    private static List<String> snippets(JsonNode findings, String id) {
        List<String> snippets = new ArrayList<>();
        for (JsonNode finding : findings.values()) {
            if (finding.path("id").asString().equals(id)) {
                finding.path("evidence")
                        .values()
                        .forEach(e -> snippets.add(e.path("snippet").asString()));
            }
        }
        return snippets;
    }

    @Test
    void auditOfPageHasTheFieldsOfTheContract() {
        JsonNode view = audit("{\"url\": \"shop.test/start\"}");

        assertThat(view.path("state").asString()).isEqualTo("DONE");
        assertThat(view.at("/request/url").asString()).isEqualTo("https://shop.test/start");
        JsonNode report = view.path("report");
        assertThat(report.path("url").asString()).isEqualTo("https://shop.test/");
        assertThat(report.path("score").asInt()).isBetween(50, 99);
        assertThat(report.path("lighthouseScore").asInt()).isEqualTo(91);
        assertThat(report.path("pages")).hasSize(1);
        assertThat(report.path("site")).isEmpty();
        JsonNode page = report.at("/pages/0");
        assertThat(page.path("url").asString()).isEqualTo("https://shop.test/");
        assertThat(page.path("score").asInt()).isEqualTo(report.path("score").asInt());
        JsonNode findings = page.path("findings");
        assertThat(findings).hasSize(PageRules.ALL.size());
        for (JsonNode finding : findings.values()) {
            assertThat(finding.propertyNames())
                    .contains("id", "outcome", "weight", "title", "evidence", "remedy", "source");
        }
        assertThat(outcome(findings, "link-text")).isEqualTo("fail");
        assertThat(outcome(findings, "redirect-chain")).isEqualTo("fail");
        assertThat(outcome(findings, "og-image")).isEqualTo("pass");
        assertThat(outcome(findings, "open-graph")).isEqualTo("fail");
        assertThat(outcome(findings, "sitemap-lists-page")).isEqualTo("pass");
        assertThat(outcome(findings, "ai-crawlers")).isEqualTo("info");
        assertThat(report.at("/preview/card/width").asInt()).isEqualTo(1200);
        assertThat(report.at("/preview/card/height").asInt()).isEqualTo(630);
        assertThat(report.path("audiences").values())
                .filteredOn(audience -> !audience.path("crawl").asBoolean())
                .extracting(audience -> audience.path("name").asString())
                .containsExactly("GPTBot");
    }

    @Test
    void auditOfSiteJudgesEachPageAndAllTogether() {
        JsonNode view = audit("{\"url\": \"https://shop.test/\", \"scope\": \"site\"}");

        assertThat(view.path("state").asString()).isEqualTo("DONE");
        JsonNode report = view.path("report");
        assertThat(report.path("pages").values())
                .extracting(page -> page.path("url").asString())
                .containsExactlyInAnyOrder(
                        "https://shop.test/",
                        "https://shop.test/a",
                        "https://shop.test/b",
                        "https://shop.test/de",
                        "https://shop.test/deep",
                        "https://shop.test/orphan");
        JsonNode site = report.path("site");
        assertThat(site).hasSize(SiteRules.ALL.size());
        assertThat(snippets(site, "duplicate-titles"))
                .containsExactlyInAnyOrder("https://shop.test/a", "https://shop.test/b");
        assertThat(snippets(site, "hreflang-return")).containsExactly("https://shop.test/de");
        assertThat(snippets(site, "orphan-pages")).containsExactly("https://shop.test/orphan");
        assertThat(snippets(site, "sitemap-complete"))
                .containsExactlyInAnyOrder(
                        "https://shop.test/a", "https://shop.test/b", "https://shop.test/de");
        assertThat(snippets(site, "sitemap-clean")).containsExactly("https://shop.test/old");
        assertThat(snippets(site, "internal-links")).containsExactly("https://shop.test/");
        assertThat(outcome(site, "duplicate-descriptions")).isEqualTo("not-applicable");
        assertThat(outcome(site, "click-depth")).isEqualTo("pass");
        assertThat(report.path("depths").values())
                .extracting(d -> d.path("depth").asInt() + ":" + d.path("pages").asInt())
                .containsExactly("0:1", "1:2", "2:2");
        assertThat(report.at("/crawl/complete").asBoolean()).isTrue();
    }

    @Test
    void auditOfSiteWithMorePagesThanAskedForIsPartial() {
        JsonNode view =
                audit("{\"url\": \"https://shop.test/\", \"scope\": \"site\", \"maxPages\": 2}");

        assertThat(view.path("state").asString()).isEqualTo("PARTIAL");
        assertThat(view.at("/report/pages")).hasSize(2);
        assertThat(outcome(view.at("/report/site"), "orphan-pages")).isEqualTo("not-applicable");
    }

    @Test
    void findingsCanBeFilteredAndExported() {
        JsonNode view = audit("{\"url\": \"https://shop.test/a\"}");
        String self = view.path("self").asString();

        JsonNode failed = json(client.get(self + "/findings?outcome=fail"));
        String csv = client.get(self + "/report.csv").body();
        String junit = client.get(self + "/report.junit.xml").body();
        String markdown = client.get(self + "/report.md").body();

        assertThat(failed.path("findings").values())
                .isNotEmpty()
                .allSatisfy(f -> assertThat(f.path("outcome").asString()).isEqualTo("fail"));
        assertThat(csv.lines().count()).isGreaterThan(PageRules.ALL.size());
        assertThat(csv).contains("meta-description,fail");
        assertThat(junit).contains("<failure", "meta-description");
        assertThat(markdown).contains("meta-description");
    }

    @Test
    void pageOfResultIsKeptOutOfSearch() {
        JsonNode view = audit("{\"url\": \"https://shop.test/\"}");

        String html = client.get(view.path("page").asString()).body();

        assertThat(html)
                .contains("<meta name=\"robots\" content=\"noindex\">")
                .contains("Card of the shop")
                .contains("1200 × 630")
                .contains("Links have descriptive texts");
    }

    @Test
    void faultsOfHttpsHaveTheSameIdsAsInTheDeadLinkCheck() {
        String target = "{\"url\": \"https://http.test/\", \"scope\": \"site\"}";
        List<String> audited =
                audit(target).at("/report/pages/0/findings").values().stream()
                        .filter(finding -> finding.path("outcome").asString().equals("fail"))
                        .map(finding -> finding.path("id").asString())
                        .toList();
        List<String> checked =
                client
                        .run("/api/v1/dead-links/checks", target)
                        .at("/report/findings")
                        .values()
                        .stream()
                        .map(finding -> finding.path("id").asString())
                        .toList();

        List<String> expected =
                Stream.concat(
                                Arrays.stream(PlainHttp.values()).map(PlainHttp::id),
                                Stream.of("sitemap-unreadable"))
                        .toList();
        assertThat(audited).containsAll(expected);
        assertThat(checked).containsOnly(expected.toArray(String[]::new));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {"url": "ftp://shop.test/"}                      | 400 | scheme
                    {"url": "https://user@shop.test/"}               | 400 | userinfo
                    {}                                               | 400 | empty
                    {"url": "https://shop.test/", "scope": "domain"} | 422 | scope
                    {"url": "https://shop.test/", "maxPages": 0}     | 422 | max-pages
                    {"url": "https://shop.test/", "maxPages": 5000}  | 422 | max-pages
                    """)
    void requestThatIsNotValidIsRefusedWithItsCode(String json, int status, String code) {
        HttpResponse<String> answer = client.post(API, json);

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(json(answer).path("code").asString()).isEqualTo(code);
    }

    @Test
    void auditOfUnknownHostFails() {
        JsonNode view = audit("{\"url\": \"https://unknown.test/\"}");

        assertThat(view.path("state").asString()).isEqualTo("FAILED");
        assertThat(view.at("/failure/code").asString()).isEqualTo("no-public-address");
    }
}
