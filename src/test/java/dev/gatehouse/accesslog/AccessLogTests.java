package dev.gatehouse.accesslog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.connector.ConnectorName;
import dev.gatehouse.testing.Http2Frames;
import dev.gatehouse.testing.RawHttp;
import dev.gatehouse.testing.RunningGatehouse;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The lines of a running Gatehouse, on standard output. */
@ExtendWith(OutputCaptureExtension.class)
@SuppressWarnings("NullAway.Init") // JUnit starts it
class AccessLogTests {

    private static final String SECRET = "a-gateway-secret-to-be-kept";

    private static RunningGatehouse gatehouse;

    @BeforeAll
    static void start() {
        gatehouse =
                RunningGatehouse.startWith(
                        new Class<?>[] {FailingPage.class},
                        "gatehouse.gateways[0].name=api",
                        "gatehouse.gateways[0].header=X-Gateway-Secret",
                        "gatehouse.gateways[0].secrets[0]=" + SECRET,
                        "gatehouse.trusted-proxies=127.0.0.1/32",
                        "spring.security.user.password=an-actuator-password");
    }

    @RestController
    static class FailingPage {

        @GetMapping("/failing")
        String fail() {
            throw new IllegalStateException("made by a test");
        }

        /** Answered by another thread, upon which the request passes the valves again. */
        @GetMapping("/later")
        Callable<String> later() {
            return () -> "later";
        }

        @GetMapping("/failing-later")
        Callable<String> failLater() {
            return () -> {
                throw new IllegalStateException("made by a test");
            };
        }
    }

    @AfterAll
    static void stop() {
        gatehouse.close();
    }

    @Test
    void sayWhoCameWhenServedOverTls(CapturedOutput output) {
        gatehouse.https(
                RawHttp.request(
                        "GET /?seen=sayWhoCame HTTP/1.1",
                        "Host: localhost",
                        "User-Agent: \"quoted\\\"",
                        "traceparent: 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"));

        JsonNode line = line(output, "sayWhoCame");
        assertThat(line.propertyNames())
                .containsExactlyInAnyOrder(
                        "@timestamp",
                        "event.dataset",
                        "gatehouse.connector",
                        "source.ip",
                        "http.request.method",
                        "url.domain",
                        "url.path",
                        "url.query",
                        "http.response.status_code",
                        "http.response.body.bytes",
                        "event.duration",
                        "http.version",
                        "tls.version",
                        "tls.cipher",
                        "gatehouse.decision",
                        "gatehouse.reason",
                        "user_agent.original",
                        "http.request.id",
                        "trace.id");
        assertThat(line.get("gatehouse.connector").asString()).isEqualTo("https");
        assertThat(line.get("source.ip").asString()).isEqualTo("127.0.0.1");
        assertThat(line.get("url.domain").asString()).isEqualTo("localhost");
        assertThat(line.get("url.path").asString()).isEqualTo("/");
        assertThat(line.get("http.response.status_code").asInt()).isEqualTo(200);
        assertThat(line.get("http.response.body.bytes").asLong()).isGreaterThan(500);
        assertThat(line.get("event.duration").asLong()).isPositive();
        assertThat(line.get("http.version").asString()).isEqualTo("1.1");
        assertThat(line.get("tls.version").asString()).isEqualTo("1.3");
        assertThat(line.get("tls.cipher").asString()).startsWith("TLS_AES_");
        assertThat(line.get("gatehouse.decision").asString()).isEqualTo("served");
        assertThat(line.get("gatehouse.reason").asString()).isEqualTo("tls");
        assertThat(line.get("user_agent.original").asString()).isEqualTo("\"quoted\\\"");
        assertThat(line.get("http.request.id").asString())
                .isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
    }

    @Test
    void sayWhatWasDecidedWhenRedirected(CapturedOutput output) {
        gatehouse.http(
                RawHttp.request(
                        "GET /a%20b?seen=sayWhatWas HTTP/1.1", "Host: localhost", "Via: 1.1 a"));

        JsonNode line = line(output, "sayWhatWas");
        assertThat(line.get("gatehouse.connector").asString()).isEqualTo("http");
        assertThat(line.get("url.path").asString()).isEqualTo("/a%20b");
        assertThat(line.get("gatehouse.decision").asString()).isEqualTo("redirected");
        assertThat(line.get("gatehouse.reason").asString()).isEqualTo("https-required");
        assertThat(line.has("tls.version")).isFalse();
        assertThat(line.get("http.request.id").asString()).matches("[0-9a-f]{32}");
        assertThat(line.has("trace.id")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "HTTPS, GET /?seen=idOfFile, 200",
        "HTTP, GET /?seen=idOfRedirect, 301",
        "HTTPS, GET /none?seen=idOfPage, 404",
        "HTTPS, TRACE /?seen=idOfTrace, 405",
        "HTTPS, GET /later?seen=idOfLater, 200",
        "HTTPS, GET /failing-later?seen=idOfFailingLater, 500"
    })
    void tellTheIdWhenAnswered(
            ConnectorName connector, String request, int status, CapturedOutput output) {
        String head = RawHttp.request(request + " HTTP/1.1", "Host: localhost", "Via: 1.1 a");
        RawHttp.Response answer =
                connector == ConnectorName.HTTP ? gatehouse.http(head) : gatehouse.https(head);

        assertThat(answer.status()).isEqualTo(status);
        String mark = request.substring(request.indexOf('=') + 1);
        assertThat(answer.header("X-Request-Id"))
                .contains(line(output, mark).get("http.request.id").asString());
    }

    @Test
    void tellTheTraceWhenItIsTheId() {
        assertThat(
                        gatehouse
                                .https(
                                        RawHttp.request(
                                                "GET / HTTP/1.1",
                                                "Host: localhost",
                                                "traceparent:"
                                                        + " 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"))
                                .header("X-Request-Id"))
                .contains("4bf92f3577b34da6a3ce929d0e0e4736");
    }

    @Test
    void applicationsLogHasTheIdWhenARequestFails(CapturedOutput output) {
        String id =
                gatehouse
                        .https(RawHttp.request("GET /failing HTTP/1.1", "Host: localhost"))
                        .header("X-Request-Id")
                        .orElseThrow();

        assertThat(output.getOut().lines())
                .anyMatch(line -> line.contains("[" + id + "] ") && line.contains("ERROR"));
        assertThat(output.getOut().lines())
                .filteredOn(line -> line.contains(" INFO ") && line.contains("[gatehouse]"))
                .noneMatch(line -> line.contains("[] "));
    }

    @Test
    void nameClientWhenATrustedProxyForwards(CapturedOutput output) {
        gatehouse.http(
                RawHttp.request(
                        "GET /?seen=nameClient HTTP/1.1",
                        "Host: localhost",
                        "X-Forwarded-For: 203.0.113.9, 203.0.113.7, 127.0.0.1"));

        JsonNode line = line(output, "nameClient");
        assertThat(line.get("gatehouse.decision").asString()).isEqualTo("redirected");
        assertThat(line.get("source.ip").asString()).isEqualTo("127.0.0.1");
        assertThat(line.get("client.ip").asString()).isEqualTo("203.0.113.7");
    }

    @ParameterizedTest
    @CsvSource(
            value = {
                "203.0.113.7:51008 | 203.0.113.7",
                "\"[2001:db8::7]\" | 2001:db8::7",
                "203.0.113.7, | 203.0.113.7"
            },
            delimiter = '|')
    void nameClientWhateverFormItsAddressHas(
            String forwarded, String client, CapturedOutput output) {
        String mark = "form" + Integer.toHexString(forwarded.hashCode());
        gatehouse.http(
                RawHttp.request(
                        "GET /?seen=" + mark + " HTTP/1.1",
                        "Host: localhost",
                        "X-Forwarded-For: " + forwarded));

        assertThat(line(output, mark).get("client.ip").asString()).isEqualTo(client);
    }

    @ParameterizedTest
    @EnumSource(ConnectorName.class)
    void writeShortAddressWithoutZoneWhenPeerIsIpv6(ConnectorName connector, CapturedOutput output)
            throws IOException {
        for (InetAddress local : ipv6Addresses()) {
            String mark = "peer" + connector + Integer.toHexString(local.hashCode());
            send(local, connector, mark);

            String address = line(output, mark).get("source.ip").asString();
            assertThat(address).doesNotContain("%").doesNotContain("0:0");
            assertThat(InetAddress.ofLiteral(address).getAddress()).isEqualTo(local.getAddress());
        }
    }

    /** {@code ::1}, and this machine's link-local addresses, which have zones, where it has any. */
    private static List<InetAddress> ipv6Addresses() throws IOException {
        return NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(Inet6Address.class::isInstance)
                .filter(address -> address.isLoopbackAddress() || address.isLinkLocalAddress())
                .toList();
    }

    private static void send(InetAddress address, ConnectorName connector, String mark)
            throws IOException {
        int port = gatehouse.port(connector);
        try (Socket plain = new Socket(address, port);
                Socket socket =
                        connector == ConnectorName.HTTP
                                ? plain
                                : RawHttp.trustingAll().createSocket(plain, "x", port, true)) {
            RawHttp.exchange(
                    socket, RawHttp.request("GET /?seen=" + mark + " HTTP/1.1", "Host: localhost"));
        }
    }

    @Test
    void keepSecretsWhenTheyAreSent(CapturedOutput output) {
        String head =
                """
                GET /p;jsessionid=kept1?seen=keepSecrets&token=kept2&API_KEY=kept3&a%63cess_token=kept4\
                &next=%2Fx%3Fpassword%3Dkept5&code=kept6&sig=kept7;sessionId=kept8 HTTP/1.1
                Host: localhost
                Authorization: Bearer kept9
                Proxy-Authorization: Basic kept10
                Cookie: session=kept11
                X-Gateway-Secret: SECRET
                X-Api-Key: kept12
                Referer: https://other.example/?token=kept13
                X-Amz-Security-Token: kept14\
                """
                        .replace("SECRET", SECRET);
        gatehouse.http(RawHttp.request(head.split("\n")));
        gatehouse.https(RawHttp.request(head.split("\n")));

        await().until(
                        () ->
                                lines(output).stream()
                                                .filter(l -> l.contains("keepSecrets"))
                                                .count()
                                        == 2);
        assertThat(output.getOut()).doesNotContainPattern("kept\\d").doesNotContain(SECRET);
    }

    @Test
    void keepPasswordWhenActuatorIsAsked(CapturedOutput output) {
        gatehouse.https(
                RawHttp.request(
                        "GET /actuator/prometheus?seen=keepPassword HTTP/1.1",
                        "Host: localhost",
                        "Authorization: Basic dXNlcjphbi1hY3R1YXRvci1wYXNzd29yZA=="));

        assertThat(line(output, "keepPassword").get("http.response.status_code").asInt())
                .isEqualTo(200);
        assertThat(output).doesNotContain("dXNlcj").doesNotContain("an-actuator-password");
    }

    @Test
    void writeOneLineWhenTextHoldsLineBreaks(CapturedOutput output) {
        gatehouse.http(
                RawHttp.request(
                        "GET /?seen=lineBreaks%0d%0a HTTP/1.1",
                        "Host: localhost", "User-Agent: a\tb\u0085c"));

        assertThat(line(output, "lineBreaks").get("http.response.status_code").isInt()).isTrue();
    }

    @Test
    void leaveOutProbesWhenTheySucceed(CapturedOutput output) {
        gatehouse.http(RawHttp.request("GET /ping?seen=probe HTTP/1.1", "Host: localhost"));
        gatehouse.https(
                RawHttp.request(
                        "GET /actuator/health/liveness?seen=probe HTTP/1.1", "Host: localhost"));
        gatehouse.https(
                RawHttp.request("DELETE /ping?seen=failedProbe HTTP/1.1", "Host: localhost"));

        assertThat(line(output, "failedProbe").get("http.response.status_code").asInt())
                .isEqualTo(405);
        assertThat(output).doesNotContain("seen=probe");
    }

    @Test
    void sumTheRestWhenOnePeerSendsNothingReadableAgainAndAgain(CapturedOutput output)
            throws IOException {
        AtomicInteger sent = new AtomicInteger();
        await().pollInterval(Duration.ofSeconds(1))
                .until(
                        () -> {
                            // All are within a second only where the machine is fast enough.
                            for (int i = 0; i < 40; i++) {
                                sendNothingReadable();
                                sent.incrementAndGet();
                            }
                            return lines(output).stream()
                                    .anyMatch(line -> line.contains("gatehouse.unread.peers"));
                        });
        assertThat(lines(output).stream().filter(AccessLogTests::isOfNothingRead).count())
                .isLessThan(sent.get());
    }

    /** Header blocks that HTTP/2 refuses (RFC 9113, 8.1.1 and 8.2), each after a method. */
    static List<List<String>> refusedHeaders() {
        return List.of(
                List.of(":scheme", "https", ":authority", "localhost"),
                List.of(":scheme", "https", ":path", "/a", ":path", "/b"),
                List.of(":scheme", "https", ":path", "/", "connection", "close"),
                List.of(":scheme", "https", ":path", "/", "Upper", "case"),
                List.of(":scheme", "https", ":path", "/", "te", "gzip"),
                List.of(":scheme", "https", ":path", "/", ":unknown", "x"),
                List.of(":scheme", "https", ":path", "/", "a", "b", ":authority", "localhost"),
                List.of(":scheme", "http", ":path", "/", ":authority", "localhost"),
                List.of(":scheme", "https", ":path", "/", "transfer-encoding", "chunked"));
    }

    @ParameterizedTest
    @MethodSource("refusedHeaders")
    void writeALineWhenHttp2RefusesTheRequest(List<String> headers, CapturedOutput output)
            throws IOException {
        int before = output.getOut().length();
        // Not at once where another test has just used up what a second admits.
        await().until(
                        () -> {
                            sendRefused(headers);
                            return output.getOut()
                                    .substring(before)
                                    .lines()
                                    .anyMatch(AccessLogTests::isOfRefusedStream);
                        });
    }

    private static boolean isOfRefusedStream(String line) {
        return isOfNothingRead(line)
                && line.contains("\"http.version\":\"2\"")
                && line.contains("\"source.ip\":\"127.0.0.1\"");
    }

    private static void sendRefused(List<String> headers) throws IOException {
        try (Http2Frames connection = new Http2Frames(gatehouse.port(ConnectorName.HTTPS))) {
            connection.request(1, headers);
            connection.readRefusal(1);
        }
    }

    @Test
    void writeNoSecondLineWhenAStreamEndsOrTheClientResetsIt(CapturedOutput output)
            throws IOException {
        int before = output.getOut().length();
        try (Http2Frames connection = new Http2Frames(gatehouse.port(ConnectorName.HTTPS))) {
            connection.get(1, "/?seen=regularStream");
            assertThat(connection.readStatus(1)).isEqualTo(200);
            connection.send(Http2Frames.RST_STREAM, 0, 1, new byte[] {0, 0, 0, 8});
            connection.get(3, "/?seen=nextStream");
            assertThat(connection.readStatus(3)).isEqualTo(200);
        }

        line(output, "nextStream");
        assertThat(output.getOut().substring(before).lines())
                .noneMatch(AccessLogTests::isOfRefusedStream);
    }

    private static boolean isOfNothingRead(String line) {
        return line.contains("\"http.response.status_code\":400") && !line.contains("url.path");
    }

    private static void sendNothingReadable() throws IOException {
        try (Socket socket = RawHttp.connect(gatehouse.port(ConnectorName.HTTP))) {
            socket.getOutputStream()
                    .write("\u0016\u0003\u0001\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
            socket.getInputStream().readAllBytes();
        }
    }

    @Test
    void writeALineWhenNothingCouldBeRead(CapturedOutput output) throws IOException {
        // Not at once where another test has just used up what a second admits.
        await().until(
                        () -> {
                            sendNothingReadable();
                            return lines(output).stream().anyMatch(AccessLogTests::isOfNothingRead);
                        });
        assertThat(output).doesNotContain("ERROR").doesNotContain("Exception");
    }

    private static JsonNode line(CapturedOutput output, String mark) {
        String found =
                await().until(
                                () ->
                                        lines(output).stream()
                                                .filter(line -> line.contains(mark))
                                                .findFirst()
                                                .orElse(""),
                                line -> !line.isEmpty());
        return JsonMapper.shared().readTree(found);
    }

    private static List<String> lines(CapturedOutput output) {
        return output.getOut().lines().filter(line -> line.startsWith("{\"@timestamp\"")).toList();
    }
}
