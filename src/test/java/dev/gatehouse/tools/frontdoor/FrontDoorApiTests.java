package dev.gatehouse.tools.frontdoor;

import static dev.gatehouse.testing.RawHttp.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.connector.ConnectorName;
import dev.gatehouse.testing.RawHttp.Response;
import dev.gatehouse.testing.RunningGatehouse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The tool's API over both real connectors. */
class FrontDoorApiTests {

    private static final String API = "/api/v1/front-door/checks";
    private static final String SECRET = "0123456789abcdef0123456789abcdef";

    private static RunningGatehouse gatehouse;

    @BeforeAll
    static void start() {
        gatehouse = start("1m");
    }

    private static RunningGatehouse start(String deadline) {
        return RunningGatehouse.startWith(
                new Class<?>[] {OpenedFrontDoor.class},
                "gatehouse.front-door.per-caller=50",
                "gatehouse.front-door.per-target=12",
                "gatehouse.front-door.deadline=" + deadline,
                "gatehouse.gateways[0].name=rapidapi",
                "gatehouse.gateways[0].header=X-RapidAPI-Proxy-Secret",
                "gatehouse.gateways[0].secrets[0]=" + SECRET);
    }

    @AfterAll
    static void stop() {
        gatehouse.close();
    }

    @Test
    void checkWhenAskedForIsAcceptedAndFoundLater() {
        Response accepted = post("{\"host\": \"site.test\"}");

        assertThat(accepted.status()).isEqualTo(202);
        assertThat(accepted.header("Retry-After")).contains("2");
        String location = accepted.header("Location").orElseThrow();
        assertThat(location).matches(API + "/[A-Za-z0-9_-]{22}");
        await().until(() -> "DONE".equals(json(get(location)).get("state").asString()));
        JsonNode check = json(get(location));
        assertThat(check.at("/report/grade").asString()).isEqualTo("A+");
        assertThat(check.at("/report/findings").size()).isGreaterThan(20);
        assertThat(check.at("/report/findings/0/sent").asString()).startsWith("GET / HTTP/1.1");
    }

    @Test
    void checkWhenTheCallerPrefersToWaitIsAnsweredAtOnce() {
        Response answer = post("{\"host\": \"https://site.test/\"}", "Prefer: wait=30");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Preference-Applied")).contains("wait=30");
        assertThat(json(answer).get("state").asString()).isEqualTo("DONE");
    }

    @Test
    void checkWhenHandedInAgainWithItsKeyIsTheSame() {
        Response first = post("{\"host\": \"site.test\"}", "Idempotency-Key: abc");
        Response again = post("{\"host\": \"site.test\"}", "Idempotency-Key: abc");
        Response other =
                post("{\"host\": \"site.test\", \"healthPath\": \"/x\"}", "Idempotency-Key: abc");

        assertThat(again.header("Location")).isEqualTo(first.header("Location"));
        assertThat(other.status()).isEqualTo(422);
        assertThat(json(other).get("code").asString()).isEqualTo("idempotency-key-reused");
    }

    @Test
    void eventsWhenReadTellEachStepAndGoOnWhereTheyBroke() {
        String location =
                post("{\"host\": \"site.test\"}", "Prefer: wait=30")
                        .header("Location")
                        .orElseThrow();

        String all = get(location + "/events").body();
        String rest = get(location + "/events", "Last-Event-ID: 3").body();

        assertThat(all)
                .contains("id:1", "event:state", "event:progress", "event:finding", "\"DONE\"");
        assertThat(rest).doesNotContain("id:3\n").contains("id:4\n", "\"DONE\"");
    }

    @Test
    void checkWhenReadAgainWithItsTagIsNotSentAgain() {
        String location =
                post("{\"host\": \"site.test\"}", "Prefer: wait=30")
                        .header("Location")
                        .orElseThrow();
        Response first = get(location);
        String tag = first.header("ETag").orElseThrow();

        assertThat(json(first).at("/progress/unit").asString()).isEqualTo("areas");
        assertThat(json(first).has("startedAt")).isTrue();
        assertThat(get(location, "If-None-Match: " + tag).status()).isEqualTo(304);
    }

    @Test
    void checkWhenReadByABrowserIsAPage() {
        String location =
                post("{\"host\": \"site.test\"}", "Prefer: wait=30")
                        .header("Location")
                        .orElseThrow();

        Response page = get(location, "Accept: text/html,application/xhtml+xml,*/*;q=0.8");

        assertThat(page.header("Content-Type").orElse("")).startsWith("text/html");
        assertThat(page.body()).contains("A+");
        assertThat(get(location, "Accept: */*").header("Content-Type").orElse(""))
                .startsWith("application/json");
    }

    @Test
    void checkWhenCancelledByAnotherCallerIsNot() {
        String location =
                post("{\"host\": \"silent.test\"}", "X-RapidAPI-Proxy-Secret: " + SECRET)
                        .header("Location")
                        .orElseThrow();

        Response refused = send("DELETE", location);

        assertProblem(refused, 403);
        assertThat(json(refused).get("code").asString()).isEqualTo("not-yours");
        assertThat(send("DELETE", location, "X-RapidAPI-Proxy-Secret: " + SECRET).status())
                .isEqualTo(204);
    }

    @Test
    void checkWhenSubmittedTellsWhatIsLeftOfTheLimits() {
        Response answer = post("{\"host\": \"limits.test\"}");

        assertThat(answer.header("RateLimit-Policy"))
                .contains("\"caller\";q=50;w=60, \"target\";q=12;w=60, \"total\";q=60;w=60");
        assertThat(answer.header("RateLimit").orElse(""))
                .matches("\"caller\";r=[0-9]+;t=[0-9]+, \"target\";r=11;t=[0-9]+, .*");
    }

    @Test
    void checkWhenCancelledEndsAtOnce() {
        String location = post("{\"host\": \"silent.test\"}").header("Location").orElseThrow();

        assertThat(send("DELETE", location).status()).isEqualTo(204);
        assertThat(json(get(location)).get("state").asString()).isEqualTo("CANCELLED");
    }

    @Test
    void checkWhenTheTimeIsOverIsPartial() {
        try (RunningGatehouse hurried = start("8s")) {
            Response answer = post(hurried, "{\"host\": \"silent.test\"}", "Prefer: wait=30");

            assertThat(json(answer).get("state").asString()).isEqualTo("PARTIAL");
            assertThat(answer.body()).contains("https-dead");
        }
    }

    @Test
    void checkWhenItsNameLeadsNowhereFails() {
        Response answer = post("{\"host\": \"unknown.test\"}", "Prefer: wait=30");

        assertThat(json(answer).get("state").asString()).isEqualTo("FAILED");
        assertThat(json(answer).at("/failure/code").asString()).isEqualTo("no-public-address");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"host\": \"ftp://site.test\"}|400|scheme",
                "{\"host\": \"site.test:22\"}|400|port",
                "{\"host\": \"user@site.test\"}|400|userinfo",
                "{\"host\": \"0x7f.1\"}|400|host-form",
                "{\"host\": \"localhost\"}|400|local-name",
                "{\"host\": \"\"}|400|empty",
                "{}|400|empty",
                "{\"host\": \"site.test\", \"healthPath\": \"x\"}|400|health-path",
                "{\"host\": |400|body",
                "[1]|400|body"
            })
    void problemWhenTheRequestIsWrongHasACode(String body, int status, String code) {
        Response answer = post(body);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).contains("application/problem+json");
        assertThat(json(answer).get("code").asString()).isEqualTo(code);
    }

    @Test
    void problemWhenTheBodyIsLargeHasACodeAndNothingIsParsed() {
        Response answer = post("{\"host\": \"site.test\"," + " ".repeat(100_000) + "}");

        assertProblem(answer, 413);
        assertThat(json(answer).get("code").asString()).isEqualTo("body-too-large");
    }

    @Test
    void problemWhenMadeBySpringIsOneToo() {
        assertProblem(get(API + "/AAAAAAAAAAAAAAAAAAAAAA"), 404);
        assertProblem(get("/api/v1/nothing"), 404);
        assertProblem(send("PUT", API), 405);
        assertProblem(get(API + "/AAAAAAAAAAAAAAAAAAAAAA", "Accept: image/png"), 406);
        assertProblem(
                gatehouse.https(
                        request(
                                        "POST " + API + " HTTP/1.1",
                                        "Host: localhost",
                                        "Content-Type: text/plain",
                                        "Content-Length: 1")
                                + "x"),
                415);
    }

    @Test
    void errorOfAPageWhenNotOfTheApiStaysAPage() {
        assertThat(get("/no-such-page", "Accept: text/html").header("Content-Type").orElse(""))
                .startsWith("text/html");
    }

    @Test
    void apiWhenOverPlainHttpIsServedToTheGatewayAlone() {
        String body = "{\"host\": \"localhost\"}";
        Response unauthenticated = gatehouse.http(plain(body, "X-Other: 1"));
        Response gateway = gatehouse.http(plain(body, "X-RapidAPI-Proxy-Secret: " + SECRET));

        assertThat(unauthenticated.status()).isEqualTo(308);
        assertThat(unauthenticated.header("Location"))
                .contains(
                        "https://localhost:%d%s"
                                .formatted(gatehouse.port(ConnectorName.HTTPS), API));
        assertThat(gateway.status()).isEqualTo(400);
        assertThat(gateway.body()).contains("local-name");
    }

    @Test
    void checksOfOneTargetWhenTooManyAreTurnedAway() {
        String body = "{\"host\": \"flood.test\"}";
        // Waits, so that no check is left for the limit of what a caller may have unfinished.
        Response last = post(body, "Prefer: wait=30");
        for (int i = 0; i < 20 && last.status() != 429; i++) {
            last = post(body, "Prefer: wait=30");
        }

        assertProblem(last, 429);
        assertThat(json(last).get("code").asString()).isEqualTo("rate");
        assertThat(last.header("Retry-After").orElse("")).matches("[1-9][0-9]*");
    }

    private static void assertProblem(Response answer, int status) {
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).contains("application/problem+json");
        String type = json(answer).get("type").asString();
        assertThat(type).endsWith("/" + json(answer).get("code").asString());
        assertThat(get(type, "Accept: text/html").status()).isEqualTo(200);
    }

    private static String plain(String body, String header) {
        return request(
                        "POST " + API + " HTTP/1.1",
                        "Host: localhost",
                        "X-Forwarded-For: 192.0.2.1",
                        header,
                        "Content-Type: application/json",
                        "Content-Length: " + body.length())
                + body;
    }

    private static Response post(String body, String... headers) {
        return post(gatehouse, body, headers);
    }

    private static Response post(RunningGatehouse to, String body, String... headers) {
        String more = headers.length == 0 ? "X-Test: 1" : String.join("\r\n", headers);
        return to.https(
                request(
                                "POST " + API + " HTTP/1.1",
                                "Host: localhost",
                                more,
                                "Content-Type: application/json",
                                "Content-Length: " + body.length())
                        + body);
    }

    private static Response get(String path, String... headers) {
        return send("GET", path, headers);
    }

    private static Response send(String method, String path, String... headers) {
        String more = headers.length == 0 ? "X-Test: 1" : String.join("\r\n", headers);
        return gatehouse.https(request(method + " " + path + " HTTP/1.1", "Host: localhost", more));
    }

    private static JsonNode json(Response answer) {
        String body = ("\r\n" + answer.body()).replaceAll("\r\n[0-9a-f]+\r\n", ""); // chunks
        return JsonMapper.shared()
                .readTree(body.substring(body.indexOf('{'), body.lastIndexOf('}') + 1));
    }
}
