package dev.gatehouse.redirect;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names, port, status and targets. */
class RedirectPolicyTests {

    @ParameterizedTest
    @CsvSource({
        "GET, true, 301",
        "HEAD, true, 301",
        "POST, true, 308",
        "PUT, true, 308",
        "DELETE, true, 308",
        "get, true, 308",
        "GET, false, 302",
        "HEAD, false, 302",
        "POST, false, 307",
        "PATCH, false, 307"
    })
    void choosesStatusByMethodWhenRedirecting(String method, String permanent, String status) {
        RedirectPolicy policy = TestPolicy.of("gatehouse.redirect.permanent=" + permanent);

        assertThat(DecisionText.of(policy, Facts.plain().by(method)))
                .isEqualTo(status + " https://www.example.com/a/b (https-required)");
    }

    @ParameterizedTest
    @CsvSource({
        "www.example.com, www.example.com",
        "WWW.Example.COM, www.example.com",
        "www.example.com., www.example.com",
        "www.example.com:, www.example.com",
        "www.example.com:8080, www.example.com",
        "any.shop.example, any.shop.example",
        "192.0.2.1:80, 192.0.2.1",
        "[::ffff:192.0.2.1], 192.0.2.1",
        "[2001:db8::1], [2001:db8::1]",
        "[2001:0DB8:0:0::1]:8080, [2001:db8::1]"
    })
    void redirectsToNormalisedNameWhenItIsTheSites(String host, String expected) {
        assertThat(DecisionText.of(TestPolicy.of(), Facts.plain().at(host)))
                .isEqualTo("301 https://" + expected + "/a/b (https-required)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "www.example.com.evil.example",
                "evilexample.com",
                "shop.example",
                "a.b.shop.example",
                "localhost",
                "192.0.2.2",
                "[2001:db8::2]",
                "*.shop.example.com"
            })
    void refusesWhenHostIsNoneOfTheSites(String host) {
        assertThat(DecisionText.of(TestPolicy.of(), Facts.plain().at(host)))
                .isIn("421 (unknown-host)", "400 (malformed)");
    }

    @Test
    void redirectsToCanonicalHostWhenUnknownHostsAreSentThere() {
        RedirectPolicy policy =
                TestPolicy.of(
                        "gatehouse.redirect.unknown-host=canonical",
                        "gatehouse.redirect.canonical-host=www.example.com");

        assertThat(DecisionText.of(policy, Facts.plain().at("evil.example")))
                .isEqualTo("301 https://www.example.com/a/b (unknown-host)");
        assertThat(DecisionText.of(policy, Facts.plain().at(null)))
                .isEqualTo("301 https://www.example.com/a/b (unknown-host)");
        assertThat(DecisionText.of(policy, Facts.plain().at("localhost@evil.example")))
                .isEqualTo("400 (malformed)");
    }

    @ParameterizedTest
    @CsvSource({
        "www.example.com, example.com",
        "example.com, www.example.com",
    })
    void sendsOtherNameToCanonicalHostInOneHopWhenCanonicalizing(String canonical, String other) {
        RedirectPolicy policy =
                TestPolicy.of(
                        "gatehouse.redirect.canonicalize=true",
                        "gatehouse.redirect.canonical-host=" + canonical);

        assertThat(DecisionText.of(policy, Facts.plain().at(other)))
                .isEqualTo("301 https://%s/a/b (https-required)".formatted(canonical));
        assertThat(DecisionText.of(policy, Facts.tls().at(other)))
                .isEqualTo("301 https://%s/a/b (canonical-host)".formatted(canonical));
        assertThat(DecisionText.of(policy, Facts.tls().at(canonical))).isEqualTo("served (tls)");
        assertThat(DecisionText.of(policy, Facts.tls().at("a.shop.example")))
                .isEqualTo("served (tls)");
        assertThat(DecisionText.of(policy, Facts.tls().at(other).of("/ping")))
                .isEqualTo("served (ping)");
    }

    @Test
    void leavesNamesAloneWhenCanonicalHostIsSetWithoutCanonicalizing() {
        RedirectPolicy policy = TestPolicy.of("gatehouse.redirect.canonical-host=www.example.com");

        assertThat(DecisionText.of(policy, Facts.plain().at("example.com")))
                .isEqualTo("301 https://example.com/a/b (https-required)");
        assertThat(DecisionText.of(policy, Facts.tls().at("example.com")))
                .isEqualTo("served (tls)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example", "10.1.2.3:8443", "not a host", "localhost@evil"})
    void servesAnyHostWhenRequestCameOverTls(String host) {
        assertThat(DecisionText.of(TestPolicy.of(), Facts.tls().at(host)))
                .isEqualTo("served (tls)");
    }

    @Test
    void namesConfiguredPortWhenItIsNotTheDefault() {
        RedirectPolicy policy = TestPolicy.of("gatehouse.redirect.https-port=8443");

        assertThat(DecisionText.of(policy, Facts.plain().at("www.example.com:1234")))
                .isEqualTo("301 https://www.example.com:8443/a/b (https-required)");
    }

    @ParameterizedTest
    @CsvSource({
        "/a/, ",
        "/a%2Fb, ''",
        "/a;b=c, x=1&y=%2F",
        "/a+b, q=a+b",
        "/%C3%A9, q=%c3%a9",
        "//evil.example/x, ",
        "/a, https://evil.example/",
        "/@evil.example, ",
        "/%0d%0aSet-Cookie:x, %0d%0a"
    })
    void keepsPathAndQueryByteForByteWhenRedirecting(String path, String query) {
        String expected = query == null ? path : path + "?" + query;

        assertThat(DecisionText.of(TestPolicy.of(), Facts.plain().of(path).asking(query)))
                .isEqualTo("301 https://www.example.com" + expected + " (https-required)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*",
                "evil.example",
                "",
                "/a\\b",
                "/a\r\nb",
                "/a b",
                "/é",
                "/..%2f..%2fetc/passwd",
                "/%2e%2e%5cx"
            })
    void refusesWhenTargetIsNotPath(String path) {
        assertThat(DecisionText.of(TestPolicy.of(), Facts.plain().of(path)))
                .isEqualTo("400 (malformed)");
    }

    @Test
    void refusesWhenThereIsNoHost() {
        assertThat(DecisionText.of(TestPolicy.of(), Facts.plain().at(null)))
                .isEqualTo("400 (malformed)");
    }

    @Test
    void refusesKubeletsProbeWhenItWouldBeRedirected() {
        Facts probe = Facts.plain().with("User-Agent: kube-probe/1.34");

        assertThat(DecisionText.of(TestPolicy.of(), probe)).isEqualTo("403 (kube-probe)");
        assertThat(DecisionText.of(TestPolicy.of(), probe.at("10.1.2.3:8080")))
                .isEqualTo("403 (kube-probe)");
        assertThat(DecisionText.of(TestPolicy.of(), probe.of("/ping"))).isEqualTo("served (ping)");
        assertThat(DecisionText.of(TestPolicy.of(), Facts.plain().with("User-Agent: kube-prober")))
                .startsWith("301 ");
    }

    @Test
    void refusesKubeletsProbeOverTlsWhenItWouldBeSentToCanonicalHost() {
        RedirectPolicy policy =
                TestPolicy.of(
                        "gatehouse.redirect.canonicalize=true",
                        "gatehouse.redirect.canonical-host=www.example.com");

        assertThat(
                        DecisionText.of(
                                policy,
                                Facts.tls().at("example.com").with("User-Agent: kube-probe/1.34")))
                .isEqualTo("403 (kube-probe)");
    }
}
