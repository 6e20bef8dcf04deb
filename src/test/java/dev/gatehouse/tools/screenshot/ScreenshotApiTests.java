package dev.gatehouse.tools.screenshot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.connector.ConnectorName;
import dev.gatehouse.testing.RawHttp;
import dev.gatehouse.testing.RunningGatehouse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Screenshots over the API and on the page of a whole server, under its outbound guard. */
class ScreenshotApiTests {

    private static final Duration LONGEST = Duration.ofMinutes(3);
    private static final Set<String> UNFINISHED = Set.of("QUEUED", "RUNNING");

    private static final String HTML = "Accept: text/html";
    private static final String API = "/api/v1/screenshots";

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().sslContext(RawHttp.contextTrustingAll()).build();

    private static TestSite site;
    private static Canary canary;
    private static RunningGatehouse gatehouse;

    @BeforeAll
    static void start() throws IOException {
        site = new TestSite("127.0.0.1");
        canary = new Canary("127.0.0.1");
        gatehouse =
                RunningGatehouse.start(
                        "gatehouse.screenshot.browser=" + TestBrowser.executable(),
                        "gatehouse.screenshot.at-once=1",
                        "gatehouse.screenshot.per-caller=100",
                        "gatehouse.screenshot.per-target=100",
                        "gatehouse.outbound.allowed-networks=127.0.0.1/32",
                        "gatehouse.outbound.allowed-ports=" + site.port());
    }

    @AfterAll
    static void stop() throws IOException {
        gatehouse.close();
        site.close();
        canary.close();
    }

    private static HttpResponse<byte[]> send(
            String method, String path, String body, String... fields)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(
                                URI.create(
                                        "https://localhost:"
                                                + gatehouse.port(ConnectorName.HTTPS)
                                                + path))
                        .timeout(LONGEST)
                        .method(method, HttpRequest.BodyPublishers.ofString(body));
        for (String field : fields) {
            request.header(field.split(":", 2)[0], field.split(":", 2)[1].strip());
        }
        return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private static JsonNode json(HttpResponse<byte[]> response) {
        return JsonMapper.shared().readTree(response.body());
    }

    private static HttpResponse<byte[]> post(String body, String... fields) throws Exception {
        String[] all = Arrays.copyOf(fields, fields.length + 2);
        all[fields.length] = "Content-Type: application/json";
        all[fields.length + 1] = "Prefer: wait=30";
        HttpResponse<byte[]> answer = send("POST", API, body, all);
        if (answer.statusCode() != 202) {
            return answer;
        }
        String self = answer.headers().firstValue("Location").orElseThrow();
        return Awaitility.await()
                .atMost(LONGEST)
                .until(() -> send("GET", self, "", fields), now -> !isUnfinished(now));
    }

    private static boolean isUnfinished(HttpResponse<byte[]> view) {
        return view.headers().firstValue("Content-Type").orElse("").startsWith("application/json")
                && UNFINISHED.contains(json(view).path("state").asString());
    }

    @Test
    void screenshotWhenTakenHasImageWithValidator() throws Exception {
        String url = site.page("/page", "<title>Shown</title><body style='background:lime'>");

        HttpResponse<byte[]> answer = post("{\"url\": \"" + url + "\"}");

        assertThat(answer.statusCode()).isEqualTo(200);
        JsonNode job = json(answer);
        assertThat(job.path("state").asString()).isEqualTo("DONE");
        JsonNode report = job.path("report");
        assertThat(report.path("width").asInt()).isEqualTo(1280);
        assertThat(report.path("height").asInt()).isEqualTo(800);
        assertThat(report.path("type").asString()).isEqualTo("image/png");
        assertThat(report.path("status").asInt()).isEqualTo(200);
        assertThat(report.path("finalUrl").asString()).isEqualTo(url);
        assertThat(report.path("image").asString())
                .isEqualTo(job.path("self").asString() + "/image");
        HttpResponse<byte[]> image = send("GET", report.path("image").asString(), "");
        assertThat(image.headers().firstValue("Content-Type")).contains("image/png");
        assertThat(image.headers().firstValue("Cache-Control")).isPresent();
        assertThat(image.body()).hasSize(report.path("bytes").asInt());
        String etag = image.headers().firstValue("ETag").orElseThrow();
        assertThat(
                        send("GET", report.path("image").asString(), "", "If-None-Match: " + etag)
                                .statusCode())
                .isEqualTo(304);
    }

    @Test
    void screenshotWhenImageIsPreferredAnswersWithIt() throws Exception {
        String url = site.page("/direct", "<body style='background:lime'>");

        for (String format : List.of("png", "jpeg", "webp")) {
            HttpResponse<byte[]> answer =
                    post(
                            "{\"url\": \"%s\", \"format\": \"%s\"}".formatted(url, format),
                            "Accept: image/" + format);

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Content-Type")).contains("image/" + format);
        }
    }

    @Test
    void screenshotWhenYoungEnoughIsAnsweredAgain() throws Exception {
        String url = site.page("/cached", "cached");
        site.forget();

        String first = json(post("{\"url\": \"" + url + "\"}")).path("id").asString();
        String again =
                json(post("{\"url\": \"" + url + "\", \"maxAge\": 60}")).path("id").asString();
        String fresh = json(post("{\"url\": \"" + url + "\"}")).path("id").asString();

        assertThat(again).isEqualTo(first);
        assertThat(fresh).isNotEqualTo(first);
        assertThat(site.requests().stream().filter("GET /cached"::equals)).hasSize(2);
    }

    @Test
    void screenshotWhenAddressIsNotAllowedIsRefused() throws Exception {
        canary.forget();

        assertThat(
                        json(post("{\"url\": \"http://127.0.0.1:%d/\"}".formatted(canary.port())))
                                .path("code")
                                .asString())
                .isEqualTo("port");
        for (String host : List.of("127.0.0.2", "[::1]", "localhost.", "169.254.169.254")) {
            JsonNode answer =
                    json(post("{\"url\": \"http://%s:%d/\"}".formatted(host, site.port())));
            String code =
                    answer.path("code").asString(answer.path("failure").path("code").asString());
            assertThat(code).as(host).isIn("no-public-address", "unreachable");
        }
        String page =
                site.page(
                        "/inside",
                        "<img src=http://127.0.0.1:%1$d/a><img src=http://[::1]:%1$d/b>"
                                .formatted(canary.port()));
        JsonNode blocked = json(post("{\"url\": \"" + page + "\"}")).at("/report/blocked");
        assertThat(blocked).hasSize(2);
        assertThat(blocked.get(0).path("reason").asString()).isEqualTo("port");
        assertThat(canary.arrivals()).isEmpty();
    }

    @Test
    void screenshotWhenOptionsContradictIsRefused() throws Exception {
        String url = site.page("/rules", "rules");
        for (String[] rule :
                List.of(
                        new String[] {"\"fullPage\": true, \"selector\": \"p\"", "area"},
                        new String[] {"\"viewport\": {\"width\": 99}", "viewport"},
                        new String[] {"\"viewport\": {\"scale\": 3.5}", "viewport"},
                        new String[] {"\"format\": \"gif\"", "format"},
                        new String[] {"\"quality\": 0", "quality"},
                        new String[] {"\"waitUntil\": \"selector\"", "wait-until"},
                        new String[] {"\"block\": [\"frames\"]", "block"},
                        new String[] {"\"timeoutMs\": 1", "timeout-ms"})) {
            HttpResponse<byte[]> answer = post("{\"url\": \"%s\", %s}".formatted(url, rule[0]));
            assertThat(answer.statusCode()).as(rule[0]).isEqualTo(422);
            assertThat(json(answer).path("code").asString()).isEqualTo(rule[1]);
        }
    }

    @Test
    void screenshotWhenCancelledStops() throws Exception {
        String url = site.page("/slow", "slow");
        JsonNode job =
                json(
                        send(
                                "POST",
                                API,
                                "{\"url\": \"%s\", \"delayMs\": 20000}".formatted(url),
                                "Content-Type: application/json"));
        String self = job.path("self").asString();
        Awaitility.await().until(() -> site.requests().contains("GET /slow"));

        assertThat(send("DELETE", self, "").statusCode()).isEqualTo(204);

        assertThat(json(post("{\"url\": \"" + url + "\"}")).path("state").asString())
                .isEqualTo("DONE");
    }

    @Test
    void pageWhenFormIsSentShowsImagesSideBySide() throws Exception {
        String url = site.page("/both", "<title>Both</title>both");

        String form =
                text(
                        send(
                                "GET",
                                "/tools/screenshot?url=x.example&fullPage=true&scale=2",
                                "",
                                HTML));
        assertThat(form)
                .contains("value=\"x.example\"")
                .contains("name=\"fullPage\" value=\"true\" checked")
                .contains("<option value=\"2\" selected>");
        HttpResponse<byte[]> sent =
                send(
                        "POST",
                        "/tools/screenshot",
                        "sent=1&compare=all&width=400&height=300&url=" + url,
                        "Content-Type: application/x-www-form-urlencoded",
                        HTML);
        assertThat(sent.statusCode()).as(text(sent)).isIn(302, 303);
        String page = sent.headers().firstValue("Location").orElseThrow();
        Awaitility.await()
                .atMost(LONGEST)
                .until(() -> text(send("GET", page, "", HTML)).contains("phone, dark: 780 × 1688"));
        String result = text(send("GET", page, "", HTML));
        assertThat(result)
                .contains("as requested: 400 × 300")
                .contains("phone: 780 × 1688")
                .contains("dark: 400 × 300")
                .contains("compare&#x3D;all");
    }

    private static String text(HttpResponse<byte[]> response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }
}
