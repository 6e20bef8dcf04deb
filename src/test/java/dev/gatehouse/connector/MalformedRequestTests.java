package dev.gatehouse.connector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testing.Http2Frames;
import dev.gatehouse.testing.RawHttp;
import dev.gatehouse.testing.RawHttp.Response;
import dev.gatehouse.testing.RunningGatehouse;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** What both connectors answer to requests that are malformed, or that no handler answers. */
@ExtendWith(OutputCaptureExtension.class)
@SuppressWarnings("NullAway.Init") // JUnit starts it
class MalformedRequestTests {

    private static RunningGatehouse gatehouse;

    @BeforeAll
    static void start() {
        gatehouse = RunningGatehouse.start();
    }

    @AfterAll
    static void stop() {
        gatehouse.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "chunked,",
                ",chunked",
                "chunked, ",
                ", ,chunked",
                "chunked,chunked",
                "\"chunked\"",
                "chunked;a=b",
                ""
            })
    void refusesWithPlainPageWhenTransferEncodingIsNotChunkedAlone(String encoding) {
        String request =
                "POST /a HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: %s\r\n\r\n0\r\n\r\n"
                        .formatted(encoding);

        both(request).forEach(MalformedRequestTests::assertPlainBadRequest);
    }

    @Test
    void acceptsTransferEncodingInAnyCase() {
        String request =
                "POST /ping HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: CHUNKED\r\n\r\n0\r\n\r\n";

        assertThat(both(request)).extracting(Response::status).containsOnly(405);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET\t/ping HTTP/1.1",
                "GET /ping\tHTTP/1.1",
                "GET  /ping HTTP/1.1",
                "GET /ping  HTTP/1.1",
                "GET \t/ping HTTP/1.1",
                "GET\thttp://localhost/ping HTTP/1.1",
                "GET  http://localhost HTTP/1.1",
                "GET /ping HTTP/ 1.1",
                "GET /ping HTTP/1.1 ",
                "GET /ping XTTP/1.1",
                "GET /%zz HTTP/1.1",
                "GET /../.. HTTP/1.1",
                "GET /ping HTTP/1.1\r\nHost: two",
                "G(T /ping HTTP/1.1"
            })
    void refusesWithPlainPageWhenRequestIsMalformed(String requestLine) {
        both(RawHttp.request(requestLine, "Host: localhost"))
                .forEach(MalformedRequestTests::assertPlainBadRequest);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET /ping HTTP/1.1", "GET http://localhost/ping HTTP/1.1"})
    void answersWhenRequestLineIsRegular(String requestLine) {
        assertThat(both(RawHttp.request(requestLine, "Host: localhost")))
                .extracting(Response::status)
                .containsOnly(200);
    }

    private static void assertPlainBadRequest(Response response) {
        assertThat(response.status()).isEqualTo(400);
        assertThat(response.body()).isEqualTo("400 Bad Request\n");
        assertThat(response.header("Content-Type")).hasValue("text/plain;charset=UTF-8");
        assertThat(response.header("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(response.header("Connection")).hasValue("close");
    }

    @Test
    void saysInPlainTextWhatItDoesNotImplement() {
        assertThat(both(RawHttp.request("CONNECT a:1 HTTP/1.1", "Host: a:1")))
                .extracting(Response::body)
                .containsOnly("501 Not Implemented\n");
        assertThat(both(RawHttp.request("GET / HTTP/3.7", "Host: localhost")))
                .extracting(Response::body)
                .containsOnly("505 HTTP Version not supported\n");
    }

    @Test
    void namesMethodsThatThereAreWhenAskedForOptionsOrTrace() {
        assertThat(both(RawHttp.request("OPTIONS * HTTP/1.1", "Host: localhost")))
                .allSatisfy(
                        response -> {
                            assertThat(response.status()).isEqualTo(200);
                            assertThat(response.header("Allow"))
                                    .hasValue("GET, HEAD, POST, DELETE, OPTIONS");
                        });
        for (String path : List.of("/", "/ping", "/status", "/none")) {
            assertThat(both(RawHttp.request("TRACE " + path + " HTTP/1.1", "Host: localhost")))
                    .allSatisfy(
                            response -> {
                                assertThat(response.status()).isEqualTo(405);
                                assertThat(response.header("Allow")).hasValue("GET, HEAD");
                            });
        }
    }

    @Test
    void answers404WhenErrorPageIsAskedForDirectly() throws IOException {
        assertThat(both(RawHttp.request("GET /error HTTP/1.1", "Host: localhost")))
                .extracting(Response::status)
                .containsOnly(404);
        try (Http2Frames connection = new Http2Frames(gatehouse.port(ConnectorName.HTTPS))) {
            connection.get(1, "/error");
            assertThat(connection.readStatus(1)).isEqualTo(404);
        }
        assertThat(both(RawHttp.request("GET /none HTTP/1.1", "Host: localhost")))
                .extracting(Response::body)
                .allSatisfy(body -> assertThat(body).contains("\"path\":\"/none\""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"url=%zz", "url=%ff", "url=a&%zz=b"})
    void refusesParametersThatCannotBeDecoded(String query) {
        String request =
                RawHttp.request("GET /tools/dead-links?" + query + " HTTP/1.1", "Host: localhost");

        assertThat(both(request)).extracting(Response::status).containsOnly(400);
    }

    @Test
    void answersWithJsonWhenALinkAsksForIt() {
        String request =
                RawHttp.request(
                        "GET /status?format=json HTTP/1.1",
                        "Host: localhost",
                        "Accept: text/html,*/*;q=0.8");

        assertThat(both(request))
                .extracting(response -> response.header("Content-Type").orElse(""))
                .containsOnly("application/json");
    }

    /** A client cannot fill the log: what it does wrong is in the access log alone. */
    @Test
    void logsNothingAboveInfoWhateverIsRequested(CapturedOutput output) {
        int before = output.getOut().length();
        for (String method : List.of("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "BREW")) {
            for (String path :
                    List.of(
                            "/",
                            "/none",
                            "/ping",
                            "/status",
                            "/status/x",
                            "/error",
                            "/tools/front-door",
                            "/tools/front-door/x",
                            "/api/v1/front-door-checks",
                            "/api/x",
                            "/actuator",
                            "/actuator/health/x",
                            "/actuator/none",
                            "/a;b=c",
                            "/a%3Bb",
                            "/a?x=%zz",
                            "/status?x=%zz",
                            "/tools/dead-links?url=%zz",
                            "/tools/dead-links?url=%ff",
                            "/a?%00=%ff")) {
                for (String header :
                        List.of(
                                "Accept: x/y",
                                "Accept: garbage",
                                "Content-Type: garbage",
                                "Content-Type: application/json",
                                "Content-Type: multipart/form-data",
                                "Cookie: a=\"b;c\u0001")) {
                    gatehouse.https(
                            RawHttp.request(
                                    method + " " + path + " HTTP/1.1",
                                    "Host: localhost",
                                    "Connection: close",
                                    "Content-Length: 0",
                                    header));
                }
            }
        }

        assertThat(output.getOut().substring(before)).doesNotContain(" WARN ", " ERROR ");
    }

    private static List<Response> both(String request) {
        return Stream.of(gatehouse.http(request), gatehouse.https(request)).toList();
    }
}
