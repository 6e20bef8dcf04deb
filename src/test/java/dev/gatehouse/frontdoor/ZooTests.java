package dev.gatehouse.frontdoor;

import static dev.gatehouse.frontdoor.LoopbackDoor.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.gatehouse.frontdoor.LoopbackDoor.Asked;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each finding is true of the door that has the fault, and not said of the one that has none. */
class ZooTests {

    private static final String HOST = ZooSite.HOST;

    private static Report good;

    @BeforeAll
    static void checkTheGoodOne() {
        good = ZooSite.good().check();
    }

    @Test
    void doorWhenWithoutFaultHasNothingToMend() {
        assertThat(good.findings())
                .filteredOn(f -> f.verdict() == Verdict.BAD || f.verdict() == Verdict.WEAK)
                .isEmpty();
        assertThat(good.grade()).isEqualTo(Grade.A_PLUS);
        assertThat(good.findings()).extracting(Finding::area).contains(Area.values());
    }

    static Stream<Arguments> faults() {
        ZooSite site = ZooSite.good();
        return Stream.of(
                arguments("redirection-missing", site.plain(_ -> answer(200))),
                arguments(
                        "redirection-not-to-https",
                        site.plain(a -> to(301, "http://www.site.test" + a.target()))),
                arguments(
                        "redirection-off-host-from-http",
                        site.plain(a -> to(301, "https://www.site.test" + a.target()))),
                arguments("redirect-path-lost", site.plain(_ -> to(301, "https://site.test/"))),
                arguments(
                        "redirect-path-lost",
                        site.plain(
                                a -> to(301, "https://site.test" + a.target().split("\\?", 2)[0]))),
                arguments(
                        "redirect-temporary",
                        site.plain(a -> to(302, "https://site.test" + a.target()))),
                arguments(
                        "redirect-method-lost",
                        site.plain(a -> to(301, "https://site.test" + a.target()))),
                arguments(
                        "open-redirect-host",
                        site.plain(a -> to(301, "https://" + a.header("Host") + a.target()))),
                arguments(
                        "open-redirect-absolute-form",
                        site.plain(
                                a ->
                                        a.target().startsWith("http://")
                                                ? to(301, a.target().replace("http:", "https:"))
                                                : ZooSite.redirect(a))),
                arguments("open-redirect-forwarded-host", site.plain(ZooTests::byForwardedHost)),
                arguments("redirect-loop", site.tls(_ -> to(302, "https://site.test/"))),
                arguments("redirects.insecure", site.tls(_ -> to(302, "http://www.site.test/"))),
                arguments(
                        "redirects.http.first_redirect.no_hsts",
                        site.plain(a -> to(301, "https://www.site.test" + a.target()))),
                arguments("redirects-long", site.tls(a -> step(a, 4))),
                arguments("redirects.too_many", site.tls(a -> step(a, 20))),
                arguments("redirect-not-visited", site.tls(_ -> to(302, "http://10.0.0.1/"))),
                arguments(
                        "redirect-not-visited",
                        site.tls(_ -> to(302, "http://169.254.169.254/latest/meta-data/"))),
                arguments("redirect-not-visited", site.tls(_ -> to(302, "http://localhost/"))),
                arguments("redirect-not-visited", site.tls(_ -> to(302, "https://site.test:22/"))),
                arguments("redirect-not-visited", site.tls(_ -> to(302, "file:///etc/passwd"))),
                arguments("cert_chain_of_trust", site.untrusted()),
                arguments("cert_trust", site.named("other.test")),
                arguments("cert_notAfter", site.endsIn(Duration.ofHours(-1))),
                arguments("cert_notAfter", site.endsIn(Duration.ofHours(2))),
                arguments("hsts-not-implemented", site.header("Strict-Transport-Security")),
                arguments(
                        "hsts-implemented-max-age-less-than-six-months",
                        site.header(
                                "Strict-Transport-Security",
                                "Strict-Transport-Security: max-age=300")),
                arguments(
                        "hsts-header-invalid",
                        site.header(
                                "Strict-Transport-Security", "Strict-Transport-Security: always")),
                arguments(
                        "hsts-on-http",
                        site.plain(
                                a ->
                                        answer(
                                                301,
                                                "Location: https://site.test" + a.target(),
                                                "Strict-Transport-Security: max-age=31536000"))),
                arguments(
                        "csp-not-implemented",
                        site.header("Content-Security-Policy", "X-Frame-Options: DENY")),
                arguments(
                        "csp-implemented-with-unsafe-inline",
                        site.header(
                                "Content-Security-Policy",
                                "Content-Security-Policy: default-src 'self' 'unsafe-inline'")),
                arguments(
                        "csp-implemented-with-unsafe-eval",
                        site.header(
                                "Content-Security-Policy",
                                "Content-Security-Policy: default-src 'self' 'unsafe-eval'")),
                arguments(
                        "x-content-type-options-not-implemented",
                        site.header("X-Content-Type-Options")),
                arguments(
                        "x-frame-options-not-implemented",
                        site.header(
                                "Content-Security-Policy",
                                "Content-Security-Policy: default-src 'self'")),
                arguments(
                        "referrer-policy-unsafe",
                        site.header("Referrer-Policy", "Referrer-Policy: unsafe-url")),
                arguments(
                        "cookies-without-secure-flag",
                        site.header("X-None", "Set-Cookie: a=b; HttpOnly")),
                arguments(
                        "cross-origin-resource-sharing-implemented-with-universal-access",
                        site.header(
                                "X-None",
                                "Access-Control-Allow-Origin: *",
                                "Access-Control-Allow-Credentials: true")),
                arguments(
                        "sri-not-implemented-but-external-scripts-loaded-securely",
                        site.tls(
                                _ ->
                                        ZooSite.page(ZooSite.SECURE)
                                                .replace(
                                                        "<title>Zoo</title>",
                                                        "<script src=//x.test/>"))),
                arguments(
                        "kubelet-probe-http",
                        site.plain(a -> to(301, "https://www.site.test" + a.target()))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void findingWhenTheDoorHasTheFaultIsSaidAndOtherwiseNot(String id, ZooSite bad) {
        assertThat(faultsOf(bad.check())).contains(id);
        assertThat(faultsOf(good)).doesNotContain(id);
    }

    @Test
    void findingWhenADoorIsDeadSaysWhichOne() {
        ZooSite site = ZooSite.good();
        try (LoopbackDoor https = LoopbackDoor.tls("127.0.0.32", site.certificate(), site.tls())) {
            Report report =
                    site.check(
                            Map.of(HOST, List.of("127.0.0.32")),
                            Map.of("127.0.0.32:443", https.port()));

            assertThat(faultsOf(report)).contains("http-dead").doesNotContain("https-dead");
        }
    }

    @Test
    void findingWhenOneAddressIsDeadNamesIt() {
        ZooSite site = ZooSite.good();
        try (LoopbackDoor http = LoopbackDoor.plain("127.0.0.32", site.plain());
                LoopbackDoor https =
                        LoopbackDoor.tls("127.0.0.32", site.certificate(), site.tls())) {
            Report report =
                    site.check(
                            Map.of(HOST, List.of("127.0.0.32", "127.0.0.33")),
                            Map.of(
                                    "127.0.0.32:80", http.port(),
                                    "127.0.0.33:80", http.port(),
                                    "127.0.0.32:443", https.port()));

            assertThat(report.findings())
                    .filteredOn(f -> f.id().equals("https-address-dead"))
                    .singleElement()
                    .satisfies(f -> assertThat(f.title()).contains("127.0.0.33"));
        }
    }

    @Test
    void gradeWhenHttpsIsDeadIsTheWorst() {
        Report report = ZooSite.good().check(Map.of(HOST, List.of("127.0.0.34")), Map.of());

        assertThat(report.grade()).isEqualTo(Grade.F);
        assertThat(faultsOf(report)).contains("https-dead", "http-dead");
    }

    static List<String> faultsOf(Report report) {
        return report.findings().stream()
                .filter(f -> f.verdict() == Verdict.BAD || f.verdict() == Verdict.WEAK)
                .peek(f -> assertThat(f.remedy()).as(f.id()).isNotEmpty())
                .peek(f -> assertThat(f.sent()).as(f.id()).isNotEmpty())
                .map(Finding::id)
                .toList();
    }

    private static String to(int status, String location) {
        return answer(status, "Location: " + location);
    }

    private static String byForwardedHost(Asked asked) {
        String forwarded = asked.header("X-Forwarded-Host");
        return forwarded.isEmpty()
                ? ZooSite.redirect(asked)
                : to(301, "https://" + forwarded + asked.target());
    }

    /** Leads on and on, to a new path each time. */
    private static String step(Asked asked, int steps) {
        int step = asked.target().length();
        return step > steps ? ZooSite.page(ZooSite.SECURE) : to(302, "/" + "a".repeat(step));
    }
}
