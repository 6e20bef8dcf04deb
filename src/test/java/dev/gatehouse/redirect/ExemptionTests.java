package dev.gatehouse.redirect;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is served over plain HTTP, and who only looks like it. */
class ExemptionTests {

    private static final String REDIRECTED = "301 https://www.example.com/a/b (https-required)";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.0.0.2",
                "127.255.255.254",
                "::1",
                "0:0:0:0:0:0:0:1",
                "::ffff:127.0.0.1",
                "0:0:0:0:0:ffff:7f00:1"
            })
    void servesLoopbackPeerWhenItAsksForLoopback(String peer) {
        for (String host : new String[] {"localhost", "LOCALHOST:8080", "127.0.0.9", "[::1]:80"}) {
            assertThat(DecisionText.of(TestPolicy.of(), Facts.plain().from(peer).at(host)))
                    .isEqualTo("served (loopback)");
        }
        assertThat(DecisionText.of(TestPolicy.of(), Facts.plain().from(peer).at(null)))
                .isEqualTo("served (loopback)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"203.0.113.7", "10.0.0.1", "::2", "2001:db8::1", "126.0.0.1", "::127.0.0.1"})
    void refusesOtherPeerWhenItAsksForLoopback(String peer) {
        assertThat(DecisionText.of(TestPolicy.of(), Facts.plain().from(peer).at("localhost")))
                .isEqualTo("421 (unknown-host)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Forwarded-For: 198.51.100.1",
                "x-forwarded-proto: http",
                "X-FORWARDED-ANYTHING: x",
                "Forwarded: for=198.51.100.1",
                "X-Real-IP: 198.51.100.1",
                "Via: 1.1 proxy"
            })
    void takesLoopbackPeerForProxyWhenItForwards(String header) {
        Facts facts = Facts.plain().from("127.0.0.1").with(header);

        assertThat(DecisionText.of(TestPolicy.of(), facts)).isEqualTo(REDIRECTED);
        assertThat(DecisionText.of(TestPolicy.of(), facts.at("localhost")))
                .isEqualTo("421 (unknown-host)");
    }

    @Test
    void takesLoopbackPeerForProxyWhenItAsksForTheSite() {
        assertThat(DecisionText.of(TestPolicy.of(), Facts.plain().from("127.0.0.1")))
                .isEqualTo(REDIRECTED);
    }

    @Test
    void redirectsLoopbackPeerWhenExemptionIsOff() {
        RedirectPolicy policy = TestPolicy.of("gatehouse.exemptions.loopback=false");

        assertThat(DecisionText.of(policy, Facts.plain().from("::1").at("localhost")))
                .isEqualTo("421 (unknown-host)");
    }

    @ParameterizedTest
    @CsvSource({
        "10.1.2.3, true",
        "::ffff:10.1.2.3, true",
        "10.2.0.1, false",
        "192.0.2.9, true",
        "192.0.2.8, false",
        "fd00:1::5, true",
        "fd00:1::5%eth0, true",
        "fd00:2::5, false",
        "not an address, false"
    })
    void servesPeerWhenItsNetworkIsExempt(String peer, boolean served) {
        RedirectPolicy policy =
                TestPolicy.of("gatehouse.exemptions.networks=10.1.0.0/16,192.0.2.9,fd00:1::/32");

        assertThat(DecisionText.of(policy, Facts.plain().from(peer)))
                .isEqualTo(served ? "served (network)" : REDIRECTED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Forwarded-For: 10.1.2.3",
                "Forwarded: for=10.1.2.3",
                "X-Real-IP: 10.1.2.3"
            })
    void believesNoHeaderWhenNetworkIsExempt(String header) {
        RedirectPolicy policy = TestPolicy.of("gatehouse.exemptions.networks=10.1.0.0/16");

        assertThat(DecisionText.of(policy, Facts.plain().with(header))).isEqualTo(REDIRECTED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/status",
                "/hooks",
                "/hooks/a",
                "/hooks/a/b",
                "/v1/health",
                "/caf%C3%A9",
                "/a%20b",
                "/hooks/user%40example.com",
                "/hooks/a%3Ab%2Cc%2bd",
                "/hooks/%21%24%26%27%28%29%2A%3D",
                "/hooks/a%3Fb%23c%5B1%5D",
                "/hooks/a%40%C3%A9%20%22%3C%3E%5E%60%7B%7C%7D",
                "/hooks/a[1]|{b}@:,+",
                "/hooks/a[1]%40"
            })
    void servesPathWhenItIsExempt(String path) {
        assertThat(DecisionText.of(pathPolicy(), Facts.plain().of(path)))
                .isEqualTo("served (path)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/status/",
                "/STATUS",
                "/status;x",
                "/status;",
                "/%73tatus",
                "//status",
                "/hooks/../admin",
                "/hooks/..;/admin",
                "/hooks/./a",
                "/hooks//a",
                "/hooks/..",
                "/hooks/.",
                "/hooks/%2e%2e/admin",
                "/hooks%2fa",
                "/hooks/%2Fa",
                "/hooks/a%3Bb",
                "/hooks/%00",
                "/hooks/%zz",
                "/hooks/%ff",
                "/hooks/%c0%af",
                "/hooks/%ed%a0%80",
                "/hooks/%c2%85",
                "/hooks/%7f",
                "/hooks/a%",
                "/hooks/a%4",
                "/hooks/%2d",
                "/hooks/%7Euser",
                "/hooks/..%3B/admin",
                "/hooks/%40%2f",
                "/hooks/a%5cb",
                "/hooks/%252e",
                "/hooksx",
                "/v1/v2/health",
                "/ping;x",
                "/%70ing",
                "//ping",
                "/ping/",
                "/ping/..;/x"
            })
    void neverExemptsPathWhenAnotherPathIsMeant(String path) {
        assertThat(DecisionText.of(pathPolicy(), Facts.plain().of(path)))
                .isEqualTo("301 https://www.example.com" + path + " (https-required)");
    }

    private static RedirectPolicy pathPolicy() {
        return TestPolicy.of("gatehouse.exemptions.paths=/status,/hooks/**,/v*/health,/café,/a b");
    }

    @Test
    void servesChallengeAndNothingElseOfItsFolderWhenAcmeIsOn() {
        RedirectPolicy policy = TestPolicy.of("acme=true");
        String folder = "/.well-known/acme-challenge/";

        assertThat(DecisionText.of(policy, Facts.plain().of(folder + "aZ09-_").at("new.example")))
                .isEqualTo("served (acme-challenge)");
        for (String no : new String[] {"", "a/b", "..", "../x", "%61", "a.b", "a;b", "a=", "é"}) {
            assertThat(DecisionText.of(policy, Facts.plain().of(folder + no)))
                    .isEqualTo("404 (not-a-challenge)");
        }
        assertThat(DecisionText.of(policy, Facts.tls().of(folder + "a"))).isEqualTo("served (tls)");
        assertThat(DecisionText.of(TestPolicy.of(), Facts.plain().of(folder + "a")))
                .startsWith("301 ");
    }

    @ParameterizedTest
    @CsvSource(
            value = {
                "10.9.0.1 | https | served (trusted-proxy)",
                "10.9.0.1 | HTTPS | served (trusted-proxy)",
                "10.9.0.1 | https, https | served (trusted-proxy)",
                "10.9.0.1 | https, | served (trusted-proxy)",
                "10.9.0.1 | , | 301 https://www.example.com/a/b (https-required)",
                "10.9.0.1 | http | 301 https://www.example.com/a/b (https-required)",
                "10.9.0.1 | https, http | 301 https://www.example.com/a/b (https-required)",
                "10.9.0.1 | http, https | 301 https://www.example.com/a/b (https-required)",
                "10.8.0.1 | https | 301 https://www.example.com/a/b (untrusted-proxy)",
                "127.0.0.1 | https | 301 https://www.example.com/a/b (untrusted-proxy)"
            },
            delimiter = '|')
    void believesForwardedProtoWhenPeerIsTrustedProxy(String peer, String proto, String expected) {
        RedirectPolicy policy = TestPolicy.of("gatehouse.trusted-proxies=10.9.0.0/16");

        assertThat(
                        DecisionText.of(
                                policy,
                                Facts.plain().from(peer).with("X-Forwarded-Proto: " + proto)))
                .isEqualTo(expected);
    }

    @Test
    void sendsTrustedProxysVisitorToCanonicalHostWhenCanonicalizing() {
        RedirectPolicy policy =
                TestPolicy.of(
                        "gatehouse.trusted-proxies=10.9.0.0/16",
                        "gatehouse.redirect.canonicalize=true",
                        "gatehouse.redirect.canonical-host=www.example.com");

        assertThat(
                        DecisionText.of(
                                policy,
                                Facts.plain()
                                        .from("10.9.0.1")
                                        .at("example.com")
                                        .with("X-Forwarded-Proto: https")))
                .isEqualTo("301 https://www.example.com/a/b (canonical-host)");
    }
}
