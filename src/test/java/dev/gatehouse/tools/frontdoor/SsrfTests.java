package dev.gatehouse.tools.frontdoor;

import static dev.gatehouse.testing.RawHttp.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testing.RawHttp.Response;
import dev.gatehouse.testing.RunningGatehouse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each form of an internal address, sent to a whole server with the guard as it is delivered:
 * refused as it is read, or a failed check that tells nothing.
 */
class SsrfTests {

    private static final String API = "/api/v1/front-door/checks";

    private static RunningGatehouse gatehouse;

    @BeforeAll
    static void start() {
        gatehouse =
                RunningGatehouse.start(
                        "gatehouse.front-door.per-caller=500",
                        "gatehouse.front-door.per-target=500",
                        "gatehouse.front-door.in-total=500");
    }

    @AfterAll
    static void stop() {
        gatehouse.close();
    }

    /** The table of docs/front-door.md. */
    static List<String> forms() {
        return List.of(
                // IPv4, in its usual form and in the odd ones
                "127.0.0.1",
                "127.0.0.1.",
                "127.1",
                "127.0.1",
                "2130706433",
                "0x7f000001",
                "0x7f.0.0.1",
                "0177.0.0.1",
                "017700000001",
                "127.0.0.01",
                "127.0.0.256",
                "0",
                "0.0.0.0",
                "10.0.0.1",
                "100.64.0.1",
                "100.100.100.200",
                "169.254.169.254",
                "169.254.170.2",
                "168.63.129.16",
                "172.16.0.1",
                "192.0.0.192",
                "192.168.0.1",
                "198.18.0.1",
                "224.0.0.1",
                "255.255.255.255",
                "１２７.0.0.1",
                "127。0。0。1",
                "①②⑦.0.0.1",
                "127%2e0%2e0%2e1",
                "%31%32%37.0.0.1",
                // IPv6, and IPv4 within it
                "[::]",
                "[::1]",
                "[0:0:0:0:0:0:0:1]",
                "[::ffff:127.0.0.1]",
                "[::ffff:7f00:1]",
                "[::127.0.0.1]",
                "[::ffff:0:127.0.0.1]",
                "[64:ff9b::7f00:1]",
                "[64:ff9b::169.254.169.254]",
                "[64:ff9b:1::1]",
                "[2002:7f00:1::]",
                "[2001::1]",
                "[2001:db8::1]",
                "[3fff::1]",
                "[5f00::1]",
                "[fc00::1]",
                "[fd00:ec2::254]",
                "[fe80::1]",
                "[fe80::1%25eth0]",
                "[fec0::1]",
                "[ff02::1]",
                "[::1%25lo]",
                // names that mean this machine or a private network
                "localhost",
                "LOCALHOST.",
                "a.localhost",
                "localhost.localdomain",
                "ip6-localhost",
                "metadata.google.internal",
                "instance-data",
                "kubernetes.default.svc.cluster.local",
                "printer.local",
                "router.home.arpa",
                // other schemes, ports, users
                "file:///etc/passwd",
                "gopher://127.0.0.1:80/_",
                "dict://127.0.0.1:11211/",
                "ftp://127.0.0.1/",
                "jar:http://127.0.0.1/",
                "http://127.0.0.1:22/",
                "http://127.0.0.1:8080/",
                "http://[::1]:6379/",
                "http://example.test@127.0.0.1/",
                "http://127.0.0.1#@example.test/",
                "http://127.0.0.1?@example.test/",
                "http://example.test\\\\@127.0.0.1/",
                "http:\\\\\\\\127.0.0.1",
                "//127.0.0.1/",
                "http:///127.0.0.1/",
                "http://127.0.0.1\\r\\nHost: example.test/",
                "http://127.0.0.1 /",
                "http://127.0.0.1\\t/");
    }

    @ParameterizedTest
    @MethodSource("forms")
    void hostWhenInternalIsRefused(String form) {
        Response answer = post("{\"host\": \"" + form + "\"}");

        if (answer.status() != 400) {
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body())
                    .contains("\"state\":\"FAILED\"", "\"code\":\"no-public-address\"")
                    .doesNotContain("report");
        }
    }

    private static Response post(String json) {
        byte[] utf8 = json.getBytes(StandardCharsets.UTF_8);
        String body = new String(utf8, StandardCharsets.ISO_8859_1);
        return gatehouse.https(
                request(
                                "POST " + API + " HTTP/1.1",
                                "Host: localhost",
                                "Prefer: wait=30",
                                "Content-Type: application/json",
                                "Content-Length: " + body.length())
                        + body);
    }
}
