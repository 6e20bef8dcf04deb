package dev.gatehouse.tools.links;

import static dev.gatehouse.testing.ToolClient.json;
import static org.assertj.core.api.Assertions.assertThat;

import crawlercommons.sitemaps.SiteMapParser;
import dev.gatehouse.testing.RunningGatehouse;
import dev.gatehouse.testing.ToolClient;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** The check's API and page on a whole server, of a site over TLS. */
class DeadLinksApiTests {

    private static final String API = "/api/v1/dead-links/checks";

    private static RunningGatehouse gatehouse;
    private static ToolClient client;

    @BeforeAll
    static void start() {
        gatehouse =
                RunningGatehouse.startWith(
                        new Class<?>[] {CheckedSite.class},
                        "gatehouse.dead-links.per-caller=50",
                        "gatehouse.dead-links.per-target=50");
        client = new ToolClient(gatehouse);
    }

    @AfterAll
    static void stop() {
        client.close();
        gatehouse.close();
    }

    private static JsonNode check(String json) {
        return client.run(API, json);
    }

    private static JsonNode link(JsonNode links, String url) {
        for (JsonNode link : links.values()) {
            if (link.path("url").asString().equals(url)) {
                return link;
            }
        }
        throw new AssertionError(url + " in " + links);
    }

    private static List<String> texts(JsonNode nodes, String name) {
        List<String> texts = new ArrayList<>();
        nodes.values().forEach(node -> texts.add(node.path(name).asString()));
        return texts;
    }

    @Test
    void checkOfSiteHasTheFieldsOfTheContract() {
        JsonNode view = check("{\"url\": \"links.test\"}");

        assertThat(view.path("state").asString()).isEqualTo("DONE");
        assertThat(view.at("/request/url").asString()).isEqualTo("https://links.test/");
        assertThat(view.at("/request/scope").asString()).isEqualTo("site");
        assertThat(view.at("/request/maxPages").asInt()).isEqualTo(500);
        JsonNode report = view.path("report");
        assertThat(report.path("pages").asInt()).isEqualTo(2);
        assertThat(report.at("/summary/broken").asInt()).isEqualTo(2); // and the script
        assertThat(report.at("/summary/bad-fragment").asInt()).isEqualTo(1);
        assertThat(report.at("/summary/redirected").asInt()).isEqualTo(1);
        assertThat(report.at("/summary/unknown").asInt()).isEqualTo(1);
        assertThat(report.at("/summary/skipped").asInt()).isEqualTo(1);
        assertThat(report.at("/summary/ok").asInt()).isEqualTo(2);
        JsonNode gone = link(report.path("links"), "https://links.test/gone");
        assertThat(gone.path("verdict").asString()).isEqualTo("broken");
        assertThat(gone.path("status").asInt()).isEqualTo(410);
        assertThat(gone.path("rewrite").isNull()).isTrue();
        assertThat(texts(gone.path("places"), "page"))
                .containsExactlyInAnyOrder("https://links.test/", "https://links.test/good");
        JsonNode moved = link(report.path("links"), "https://links.test/moved");
        assertThat(moved.path("rewrite").asString()).isEqualTo("https://links.test/good");
        assertThat(moved.at("/redirects/0/status").asInt()).isEqualTo(301);
        JsonNode finding = report.path("findings").get(0);
        assertThat(finding.path("id").asString()).isEqualTo("mixed-content-active");
        assertThat(finding.path("line").asInt()).isEqualTo(5);
    }

    /** A sitemap is text of others: 10 MB of it could be as much log. */
    @Test
    void malformedSitemapWritesNothingToTheLog() {
        assertThat(LoggerFactory.getLogger(SiteMapParser.class).isErrorEnabled()).isFalse();
    }

    @Test
    void rowsWhenReadAreFilteredAndExported() {
        String self = check("{\"url\": \"https://links.test/\"}").path("self").asString();

        JsonNode broken = json(client.get(self + "/links?verdict=broken&verdict=bad-fragment"));
        assertThat(texts(broken.path("links"), "url"))
                .containsExactlyInAnyOrder(
                        "https://links.test/gone",
                        "https://links.test/good#nowhere",
                        "http://links.test/script.js");
        assertThat(json(client.get(self + "/links?limit=2")).path("links")).hasSize(2);
        assertThat(json(client.get(self + "/findings?id=duplicate-id")).path("findings")).isEmpty();
        assertThat(client.get(self + "/report.csv").body())
                .startsWith("verdict,url,status,reason,rewrite,page,line,column,element")
                .contains("broken,https://links.test/gone,410,");
        assertThat(client.get(self + "/report.md").body()).contains("https://links.test/gone");
        assertThat(client.get(self + "/report.junit.xml").body())
                .contains("failures=\"3\"")
                .contains("skipped=\"2\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"url\": \"\"}                                     | empty",
                "{\"url\": \"ftp://links.test/\"}                    | scheme",
                "{\"url\": \"links.test\", \"scope\": \"all\"}       | scope",
                "{\"url\": \"links.test\", \"maxPages\": 0}          | max-pages",
                "{\"url\": \"links.test\", \"maxPages\": 10001}      | max-pages",
                "{\"url\": \"links.test\", \"maxDepth\": -1}         | max-depth",
                "{\"url\": \"links.test\", \"include\": [\"\"]}      | patterns",
                "{\"url\": \"links.test\", \"exclude\": [null]}      | patterns"
            })
    void requestWhenInvalidSaysWhy(String json, String code) {
        HttpResponse<String> answer = client.post(API, json);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer).path("code").asString()).isEqualTo(code);
    }

    @Test
    void pageOfACheckShowsItsLinksByTargetAndByPage() {
        String page = check("{\"url\": \"links.test\"}").path("page").asString();

        assertThat(client.get(page).body())
                .contains("All links were checked.")
                .contains("aria-label=\"Links by verdict: 1 skipped, 1 unknown, 2 broken,")
                .contains("<span class=\"title\">https://links.test/gone</span>")
                .contains("mixed-content-active");
        assertThat(client.get(page + "?verdict=broken&group=page").body())
                .contains("<h3>https://links.test/good</h3>")
                .doesNotContain("links.test/moved");
    }

    @Test
    void formWhenFilledFromAnAddressKeepsWhatItSays() {
        assertThat(client.get("/tools/dead-links?url=links.test&scope=page&external=false").body())
                .contains("value=\"links.test\"")
                .contains("<option value=\"page\" selected>")
                .contains("name=\"external\" value=\"true\">")
                .contains("name=\"fragments\" value=\"true\" checked>");
    }
}
