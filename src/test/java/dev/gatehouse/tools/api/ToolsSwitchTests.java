package dev.gatehouse.tools.api;

import static dev.gatehouse.testing.RawHttp.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testing.RawHttp;
import dev.gatehouse.testing.RunningGatehouse;
import org.junit.jupiter.api.Test;

/** A server whose tools are off has no page, no API and no link of theirs. */
class ToolsSwitchTests {

    private static final String CHECKS = "/api/v1/front-door/checks";

    @Test
    void serverWhenToolsAreOffHasNothingOfThem() {
        try (RunningGatehouse gatehouse = RunningGatehouse.start("gatehouse.tools.enabled=false")) {
            for (String path :
                    new String[] {
                        "/tools",
                        "/tools/api",
                        "/tools/front-door",
                        "/tools/problems/rate",
                        "/api/",
                        CHECKS,
                        CHECKS + "/id",
                        "/gatehouse/openapi.json"
                    }) {
                assertThat(get(gatehouse, path).status()).as(path).isEqualTo(404);
            }
            assertThat(post(gatehouse, CHECKS).status()).isEqualTo(404);
            assertThat(get(gatehouse, "/").body())
                    .contains("<h1>Gatehouse</h1>", "href=\"/status\"", "href=\"/ping\"")
                    .doesNotContain("/tools");
            assertThat(get(gatehouse, "/status").body()).doesNotContain("href=\"/tools");
        }
    }

    @Test
    void serverWhenOneToolIsOffLinksToTheOthers() {
        try (RunningGatehouse gatehouse =
                RunningGatehouse.start(
                        "gatehouse.front-door.enabled=false", "gatehouse.status.enabled=false")) {
            assertThat(get(gatehouse, "/tools/front-door").status()).isEqualTo(404);
            assertThat(get(gatehouse, CHECKS).status()).isEqualTo(404);
            assertThat(get(gatehouse, "/tools").body())
                    .contains("href=\"/tools/seo\"")
                    .doesNotContain("href=\"/tools/front-door\"");
            assertThat(get(gatehouse, "/gatehouse/openapi.json").body())
                    .contains("/api/v1/seo/audits")
                    .doesNotContain(CHECKS);
            assertThat(get(gatehouse, "/").body())
                    .contains("href=\"/tools\"", "</html>")
                    .doesNotContain("/tools/front-door", "/status");
        }
    }

    private static RawHttp.Response get(RunningGatehouse gatehouse, String path) {
        return gatehouse.https(
                request("GET " + path + " HTTP/1.1", "Host: localhost", "Accept: text/html, */*"));
    }

    private static RawHttp.Response post(RunningGatehouse gatehouse, String path) {
        return gatehouse.https(
                request(
                                "POST " + path + " HTTP/1.1",
                                "Host: localhost",
                                "Content-Type: application/json",
                                "Content-Length: 2")
                        + "{}");
    }
}
