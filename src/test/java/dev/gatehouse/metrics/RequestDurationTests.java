package dev.gatehouse.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.connector.ConnectorName;
import dev.gatehouse.testing.Http2Frames;
import dev.gatehouse.testing.RawHttp;
import dev.gatehouse.testing.RunningGatehouse;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** The metrics of a running Gatehouse. */
@SuppressWarnings("NullAway.Init") // JUnit starts it
class RequestDurationTests {

    private static RunningGatehouse gatehouse;

    @BeforeAll
    static void start() {
        gatehouse =
                RunningGatehouse.startWith(
                        new Class<?>[] {ShortStream.class, LateStream.class, Waiting.class},
                        "spring.security.user.password=an-actuator-password",
                        "gatehouse.site.redirects[0].from=/old",
                        "gatehouse.site.redirects[0].to=/");
    }

    /** An event stream of one event. */
    @RestController
    static class ShortStream {

        @GetMapping(path = "/stream", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
        String stream() {
            return "data:x\n\n";
        }
    }

    /** An event stream whose first event waits for it to begin, and it for the client. */
    @RestController
    static class LateStream {

        static final CountDownLatch DISCONNECTED = new CountDownLatch(1);

        @GetMapping(path = "/late", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
        SseEmitter stream(HttpServletResponse response) throws IOException, InterruptedException {
            response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
            response.flushBuffer();
            DISCONNECTED.await();
            SseEmitter emitter = new SseEmitter();
            emitter.send("x");
            return emitter;
        }
    }

    /** An answer that never comes. */
    @RestController
    static class Waiting {

        static final CountDownLatch ASKED = new CountDownLatch(1);

        @GetMapping("/waiting")
        CompletableFuture<String> await() {
            ASKED.countDown();
            return new CompletableFuture<>();
        }
    }

    @AfterAll
    static void stop() {
        gatehouse.close();
    }

    private static RawHttp.Response send(ConnectorName connector, String line, String... headers) {
        String head =
                line + " HTTP/1.1\r\nHost: localhost\r\n" + String.join("\r\n", headers) + "\r\n";
        return connector == ConnectorName.HTTP
                ? gatehouse.http(head + "\r\n")
                : gatehouse.https(head + "\r\n");
    }

    /** Sends, and waits until it is counted, which another test would be surprised by. */
    private static RawHttp.Response sendCounted(String route, String line, String... headers) {
        Map<String, String> tags = Map.of("route", route);
        long before = count(tags);
        RawHttp.Response response = send(ConnectorName.HTTPS, line, headers);
        await().until(() -> count(tags) > before);
        return response;
    }

    private static long count(Map<String, String> tags) {
        return gatehouse
                .bean(MeterRegistry.class)
                .find("gatehouse.request.duration")
                .timers()
                .stream()
                .filter(timer -> hasTags(timer, tags))
                .mapToLong(Timer::count)
                .sum();
    }

    private static boolean hasTags(Timer timer, Map<String, String> tags) {
        return tags.entrySet().stream()
                .allMatch(tag -> tag.getValue().equals(timer.getId().getTag(tag.getKey())));
    }

    @ParameterizedTest
    @CsvSource({
        "HTTPS, GET /, read, 2xx, file",
        "HTTPS, HEAD /, read, 2xx, file",
        "HTTPS, DELETE /, write, 4xx, file",
        "HTTPS, GET /old, read, 3xx, file",
        "HTTP, GET /ping, read, 2xx, ping",
        "HTTPS, BREW /ping, other, 4xx, ping",
        "HTTPS, GET /actuator/health, read, 2xx, actuator",
        "HTTPS, GET /livez, read, 4xx, actuator",
        "HTTPS, GET /api/none, read, 4xx, api",
        "HTTPS, GET /none, read, 4xx, page",
        "HTTPS, POST /none, write, 4xx, page"
    })
    void requestWhenAnsweredIsCountedByItsClasses(
            ConnectorName connector, String line, String method, String status, String route) {
        Map<String, String> tags =
                Map.of(
                        "connector", connector.tag(),
                        "method", method,
                        "status", status,
                        "route", route);
        long before = count(tags);

        send(connector, line);

        await().until(() -> count(tags) == before + 1);
    }

    @Test
    void requestWhenRedirectedOrRefusedIsOfTheRedirect() {
        Map<String, String> redirected = Map.of("route", "redirect", "status", "3xx");
        Map<String, String> refused = Map.of("route", "redirect", "status", "4xx");

        send(ConnectorName.HTTP, "GET /", "Via: 1.1 proxy");
        gatehouse.http("GET / HTTP/1.1\r\nHost: other.example\r\n\r\n");

        await().until(() -> count(redirected) == 1 && count(refused) == 1);
    }

    @Test
    void eventStreamWhenItEndsIsOfItsOwnRoute() {
        long before = count(Map.of("route", "stream", "status", "2xx"));

        assertThat(send(ConnectorName.HTTPS, "GET /stream").body()).contains("data:x");

        await().until(() -> count(Map.of("route", "stream", "status", "2xx")) == before + 1);
    }

    @Test
    void eventStreamWhenItsClientDisconnectsHasTheStatusThatWasSent() throws IOException {
        long before = count(Map.of("route", "stream", "status", "2xx"));
        try (Http2Frames client = new Http2Frames(gatehouse.port(ConnectorName.HTTPS))) {
            client.get(1, "/status/events");
            assertThat(client.readStatus(1)).isEqualTo(200);
        }

        await().until(() -> count(Map.of("route", "stream", "status", "2xx")) == before + 1);
        assertThat(count(Map.of("status", "5xx"))).isZero();
    }

    /** Tomcat closes such a request without the access log, and without its listeners. */
    @Test
    void eventStreamWhenItsClientDisconnectsBeforeItBeginsIsCounted() throws IOException {
        long before = count(Map.of("route", "stream", "status", "2xx"));
        try (Http2Frames client = new Http2Frames(gatehouse.port(ConnectorName.HTTPS))) {
            client.get(1, "/late");
            assertThat(client.readStatus(1)).isEqualTo(200);
            client.send(Http2Frames.RST_STREAM, 0, 1, new byte[] {0, 0, 0, 8}); // CANCEL
            client.get(3, "/stream"); // whose answer tells that the reset has been read
            assertThat(client.readStatus(3)).isEqualTo(200);
            LateStream.DISCONNECTED.countDown();

            await().until(() -> count(Map.of("route", "stream", "status", "2xx")) == before + 2);
        }
        assertThat(count(Map.of("status", "5xx"))).isZero();
    }

    @Test
    void requestWhenItsClientDisconnectsBeforeTheAnswerIsNoErrorOfTheServer()
            throws IOException, InterruptedException {
        long before = count(Map.of("route", "page", "status", "4xx"));
        try (Http2Frames client = new Http2Frames(gatehouse.port(ConnectorName.HTTPS))) {
            client.get(1, "/waiting");
            assertThat(Waiting.ASKED.await(60, TimeUnit.SECONDS)).isTrue();
        }

        await().until(() -> count(Map.of("route", "page", "status", "4xx")) == before + 1);
        assertThat(count(Map.of("status", "5xx"))).isZero();
    }

    @Test
    void connectionWhenNothingCouldBeReadIsOfItsOwnRoute() throws IOException {
        try (Socket socket = RawHttp.connect(gatehouse.port(ConnectorName.HTTP))) {
            socket.getOutputStream()
                    .write("\u0016\u0003\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            socket.getInputStream().readAllBytes();
        }

        await().until(() -> count(Map.of("route", "unreadable", "status", "4xx")) == 1);
    }

    /** The probes of both connectors ask /ping each 200 ms. */
    @Test
    void probeOfTheServerItselfIsNotCounted() {
        long before = gatehouse.connectors().get(ConnectorName.HTTPS).requests();
        await().until(
                        () ->
                                gatehouse.connectors().get(ConnectorName.HTTPS).requests()
                                        > before + 3);

        assertThat(count(Map.of("connector", "https", "route", "ping", "status", "2xx"))).isZero();
    }

    private static List<String> scraped() {
        return sendCounted(
                        "actuator",
                        "GET /actuator/prometheus",
                        "Authorization: Basic dXNlcjphbi1hY3R1YXRvci1wYXNzd29yZA==")
                .body()
                .lines()
                .toList();
    }

    @Test
    void everyMetricWhenScrapedHasHelp() {
        sendCounted("page", "GET /none");

        List<String> help = scraped().stream().filter(line -> line.startsWith("# HELP ")).toList();

        assertThat(help).hasSizeGreaterThan(50);
        assertThat(help)
                .allSatisfy(line -> assertThat(line).matches("# HELP \\S+ +\\S.*"))
                .noneMatch(line -> line.contains("tomcat_sessions"));
    }

    @Test
    void durationWhenScrapedIsAHistogram() {
        sendCounted("file", "GET /");

        List<String> buckets =
                await().until(
                                () ->
                                        scraped().stream()
                                                .filter(
                                                        l ->
                                                                l.startsWith(
                                                                        "gatehouse_request_duration_seconds_bucket"))
                                                .filter(l -> l.contains("route=\"file\""))
                                                .filter(l -> l.contains("status=\"2xx\""))
                                                .toList(),
                                lines -> !lines.isEmpty());
        assertThat(
                        buckets.stream()
                                .map(line -> line.replaceAll(".*le=\"([^\"]*)\".*", "$1"))
                                .collect(Collectors.toSet()))
                .containsExactlyInAnyOrder(
                        "0.001", "0.005", "0.01", "0.025", "0.05", "0.1", "0.25", "0.5", "1.0",
                        "2.5", "5.0", "10.0", "+Inf");
    }

    /** The names of the last release, for one release. */
    @Test
    void renamedMetricsWhenScrapedHaveBothNames() {
        assertThat(String.join("\n", scraped()))
                .contains("gatehouse_tls_certificate_expires_seconds{")
                .contains("gatehouse_tls_certificate_expiry_timestamp_seconds{")
                .contains("gatehouse_tasks_success_age_seconds{")
                .contains("gatehouse_tasks_last_success_timestamp_seconds{");
    }
}
