package dev.gatehouse.tools.frontdoor;

import static dev.gatehouse.tools.frontdoor.LoopbackDoor.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.gatehouse.tools.frontdoor.LoopbackDoor.Asked;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
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
                        "redirection-not-to-https-on-initial-redirection",
                        site.plain(a -> to(301, "http://www.site.test" + a.target()))),
                arguments(
                        "redirection-not-to-https",
                        site.plain(
                                a ->
                                        a.header("Host").equals(HOST)
                                                ? to(301, "http://www.site.test" + a.target())
                                                : answer(200))),
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
                        "csp-implemented-with-unsafe-inline", // nothing says what objects may be
                        site.header(
                                "Content-Security-Policy",
                                "Content-Security-Policy: script-src 'self'; frame-ancestors 'self'")),
                arguments(
                        "csp-implemented-with-insecure-scheme",
                        site.header(
                                "Content-Security-Policy",
                                "Content-Security-Policy: default-src 'self' http://cdn.test")),
                arguments(
                        "csp-implemented-with-insecure-scheme-in-passive-content-only",
                        site.header(
                                "Content-Security-Policy",
                                "Content-Security-Policy: default-src 'self'; img-src http:")),
                arguments(
                        "csp-not-implemented-but-reporting-enabled",
                        site.header(
                                "Content-Security-Policy",
                                "Content-Security-Policy-Report-Only: default-src 'self'")),
                arguments(
                        "x-content-type-options-header-invalid",
                        site.header("X-Content-Type-Options", "X-Content-Type-Options: sniff")),
                arguments(
                        "x-frame-options-header-invalid",
                        site.header("Content-Security-Policy", "X-Frame-Options: ALLOWALL")),
                arguments(
                        "referrer-policy-header-invalid",
                        site.header("Referrer-Policy", "Referrer-Policy: none-of-your-business")),
                arguments(
                        "corp-header-invalid",
                        site.header("X-None", "Cross-Origin-Resource-Policy: nobody")),
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
                        "cookies-without-secure-flag-but-protected-by-hsts",
                        site.header("X-None", "Set-Cookie: a=b; HttpOnly")),
                arguments(
                        "cookies-without-secure-flag",
                        site.header("Strict-Transport-Security", "Set-Cookie: a=b; HttpOnly")),
                arguments(
                        "cookies-session-without-secure-flag-but-protected-by-hsts",
                        site.header("X-None", "Set-Cookie: JSESSIONID=b; HttpOnly")),
                arguments(
                        "cookies-session-without-secure-flag",
                        site.header(
                                "Strict-Transport-Security", "Set-Cookie: session=b; HttpOnly")),
                arguments(
                        "cookies-session-without-httponly-flag",
                        site.header("X-None", "Set-Cookie: session=b; Secure; SameSite=Lax")),
                arguments(
                        "cookies-anticsrf-without-samesite-flag",
                        site.header("X-None", "Set-Cookie: csrf=b; Secure")),
                arguments(
                        "cookies-samesite-flag-invalid",
                        site.header("X-None", "Set-Cookie: a=b; Secure; SameSite=Maybe")),
                arguments(
                        "cross-origin-resource-sharing-implemented-with-universal-access",
                        site.header(
                                "X-None",
                                "Access-Control-Allow-Origin: " + Facts.Page.ORIGIN,
                                "Access-Control-Allow-Credentials: true")),
                arguments(
                        "sri-not-implemented-but-external-scripts-loaded-securely",
                        site.tls(_ -> script("src=https://x.test/a.js"))),
                arguments(
                        "sri-not-implemented-and-external-scripts-not-loaded-securely",
                        site.tls(_ -> script("src=//x.test/a.js"))),
                arguments(
                        "sri-implemented-but-external-scripts-not-loaded-securely",
                        site.tls(_ -> script("integrity=sha384-a src=http://x.test/a.js"))),
                arguments("TLS1", site.taking(h -> h.minor() == 1)),
                arguments("TLS1_1", site.taking(h -> h.minor() == 2)),
                arguments("cipherlist_NULL", site.taking(WeakSuites.NULL)),
                arguments("cipherlist_aNULL", site.taking(WeakSuites.ANONYMOUS)),
                arguments("cipherlist_EXPORT", site.taking(WeakSuites.EXPORT)),
                arguments("cipherlist_LOW", site.taking(WeakSuites.RC4)),
                arguments("cipherlist_3DES_IDEA", site.taking(WeakSuites.TRIPLE_DES)),
                arguments("kubelet-probe-https", site.tls(_ -> to(302, "https://www.site.test/"))),
                arguments(
                        "kubelet-probe-http",
                        site.plain(a -> to(301, "https://www.site.test" + a.target()))));
    }

    /** Those that need more than a script: each has a test below, or a real server. */
    private static final List<String> OF_THEIR_OWN =
            List.of(
                    "http-dead",
                    "https-dead",
                    "http-address-dead",
                    "https-address-dead",
                    "www-dead",
                    "redirect-to-nowhere",
                    "plain-on-443",
                    "tls-on-80",
                    "TLS1_3");

    /** What docs/front-door.md says costs points. */
    @Test
    void findingWhenItCostsPointsHasADoorThatHasTheFault() throws IOException {
        String docs = Files.readString(Path.of("docs/front-door.md"));
        Set<String> documented =
                Pattern.compile("`([^`]+)` −[0-9]")
                        .matcher(docs)
                        .results()
                        .map(match -> match.group(1))
                        .collect(Collectors.toSet());

        Set<String> shown =
                Stream.concat(faults().map(f -> (String) f.get()[0]), OF_THEIR_OWN.stream())
                        .collect(Collectors.toSet());
        assertThat(documented).isEqualTo(shown);
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
    void findingWhenPlainHttpIsDeadAtOneAddressNamesIt() {
        ZooSite site = ZooSite.good();
        try (LoopbackDoor http = LoopbackDoor.plain("127.0.0.32", site.plain());
                LoopbackDoor https =
                        LoopbackDoor.tls("127.0.0.32", site.certificate(), site.tls());
                LoopbackDoor other =
                        LoopbackDoor.tls("127.0.0.33", site.certificate(), site.tls())) {
            Report report =
                    site.check(
                            Map.of(
                                    HOST,
                                    List.of("127.0.0.32", "127.0.0.33"),
                                    "www." + HOST,
                                    List.of("127.0.0.34")),
                            Map.of(
                                    "127.0.0.32:80", http.port(),
                                    "127.0.0.32:443", https.port(),
                                    "127.0.0.33:443", other.port()));

            assertThat(faultsOf(report))
                    .contains("http-address-dead", "www-dead")
                    .doesNotContain("https-address-dead", "http-dead");
        }
    }

    @Test
    void findingWhenTheDoorsAreInEachOthersPlaceSaysSo() {
        ZooSite site = ZooSite.good();
        try (LoopbackDoor plain = LoopbackDoor.plain("127.0.0.32", _ -> answer(200));
                LoopbackDoor tls = LoopbackDoor.tls("127.0.0.32", site.certificate(), site.tls())) {
            Report report =
                    site.check(
                            Map.of(HOST, List.of("127.0.0.32")),
                            Map.of("127.0.0.32:80", tls.port(), "127.0.0.32:443", plain.port()));

            assertThat(faultsOf(report))
                    .contains("plain-on-443", "tls-on-80", "redirect-to-nowhere");
            assertThat(faultsOf(good))
                    .doesNotContain("plain-on-443", "tls-on-80", "redirect-to-nowhere");
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

    private static String script(String attributes) {
        String page = ZooSite.page(ZooSite.SECURE);
        String title = "<title>Zoo</title>";
        return page.replaceFirst("Content-Length: [0-9]+", "Connection: close")
                .replace(title, title + "<script " + attributes + "></script>");
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
