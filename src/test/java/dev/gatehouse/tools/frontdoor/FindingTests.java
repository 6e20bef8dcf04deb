package dev.gatehouse.tools.frontdoor;

import static dev.gatehouse.tools.frontdoor.LoopbackServer.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.gatehouse.testing.RawHttp;
import dev.gatehouse.tools.frontdoor.LoopbackServer.Asked;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
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

/** Each finding is reported for the site that has the fault, and not for the one that has none. */
class FindingTests {

    private static final String HOST = SiteFixture.HOST;

    private static Report good;

    @BeforeAll
    static void checkTheGoodOne() {
        good = SiteFixture.good().check();
    }

    @Test
    void siteWhenCorrectHasNothingToFix() {
        assertThat(good.findings())
                .filteredOn(f -> f.verdict() == Rating.BAD || f.verdict() == Rating.WEAK)
                .isEmpty();
        assertThat(good.grade()).isEqualTo(Grade.A_PLUS);
        assertThat(good.findings()).extracting(Finding::area).contains(Area.values());
    }

    static Stream<Arguments> faults() {
        SiteFixture site = SiteFixture.good();
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
                                                : SiteFixture.redirect(a))),
                arguments(
                        "open-redirect-forwarded-host", site.plain(FindingTests::byForwardedHost)),
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
                arguments("hsts-header-invalid", hsts(site, "max-age=31536000, includeSubDomains")),
                arguments("hsts-header-invalid", hsts(site, "xmax-age=31536000")),
                arguments("hsts-header-invalid", hsts(site, "max-age=31536000s")),
                arguments("hsts-header-invalid", hsts(site, "max-age=31536000; max-age=0")),
                arguments("hsts-header-invalid", hsts(site, "includeSubDomains; preload")),
                arguments("hsts-header-invalid", hsts(site, "max-age 31536000")),
                arguments("hsts-header-invalid", hsts(site, "max-age=\"31536000")),
                arguments("hsts-header-invalid", hsts(site, "max-age=-1")),
                arguments("cert_trust", site.commonNameOnly()),
                arguments(
                        "csp-implemented-with-unsafe-inline",
                        meta(site, "http-equiv=content-security-policy content=\"script-src *\"")),
                arguments(
                        "x-frame-options-not-implemented", // no meta element can say so
                        meta(
                                site,
                                "http-equiv=Content-Security-Policy"
                                        + " content=\"default-src 'self'; frame-ancestors 'none'\"")),
                arguments("referrer-policy-unsafe", meta(site, "name=referrer content=always")),
                arguments(
                        "sri-not-implemented-but-external-scripts-loaded-securely",
                        site.tls(_ -> script("src=https://x.test/a.js integrity=\"\""))),
                arguments(
                        "sri-not-implemented-but-external-scripts-loaded-securely",
                        site.tls(
                                _ ->
                                        body(
                                                "<base href=https://x.test/><script src=a.js></script>"))),
                arguments(
                        "sri-not-implemented-and-external-scripts-not-loaded-securely",
                        site.tls(_ -> chunked("<scr", "ipt sr", "c=http://x.test/a.js></script>"))),
                arguments(
                        "cookies-session-without-httponly-flag",
                        site.header("X-None", "Set-Cookie: userSession=b; Secure; SameSite=Lax")),
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
                                "Access-Control-Allow-Origin: " + Observations.Page.ORIGIN,
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
                arguments("cipherlist_NULL", site.taking(ClientHello.WeakSuites.NULL)),
                arguments("cipherlist_aNULL", site.taking(ClientHello.WeakSuites.ANONYMOUS)),
                arguments("cipherlist_EXPORT", site.taking(ClientHello.WeakSuites.EXPORT)),
                arguments("cipherlist_LOW", site.taking(ClientHello.WeakSuites.RC4)),
                arguments("cipherlist_3DES_IDEA", site.taking(ClientHello.WeakSuites.TRIPLE_DES)),
                arguments("kubelet-probe-https", site.tls(_ -> to(302, "https://www.site.test/"))),
                arguments(
                        "kubelet-probe-http",
                        site.plain(a -> to(301, "https://www.site.test" + a.target()))));
    }

    /** Fixtures that an imprecise check would find fault with. */
    static Stream<Arguments> correct() {
        SiteFixture site = SiteFixture.good();
        return Stream.of(
                arguments(
                        "103 first",
                        interim(site, "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n")),
                arguments(
                        "several interim responses",
                        interim(
                                site,
                                RawHttp.request("HTTP/1.1 100 Continue")
                                        + RawHttp.request("HTTP/1.1 102 Processing")
                                        + RawHttp.request(
                                                "HTTP/1.1 103 Early Hints", "Link: </a>"))),
                arguments("page at /en/", site.tls(a -> at(a, "/en/", "/en/"))),
                arguments("space in Location", site.tls(a -> at(a, "/a%20b", "/a b"))),
                arguments("pipe in Location", site.tls(a -> at(a, "/a|b", "/a|b"))),
                arguments("braces in Location", site.tls(a -> at(a, "/%7Ba%7D", "/{a}"))),
                arguments("percent in Location", site.tls(a -> at(a, "/%zz", "/%zz"))),
                arguments("backslash in Location", site.tls(a -> at(a, "/a", "\\a"))),
                arguments("case in Location", site.tls(a -> at(a, "/a", "HTTPS://SITE.test/a"))),
                arguments("cookie and redirect to itself", site.tls(FindingTests::cookieFirst)),
                arguments("cookie removed by Max-Age", cookie(site, "session=; Max-Age=0")),
                arguments(
                        "cookie removed by negative Max-Age", cookie(site, "session=; max-age=-1")),
                arguments(
                        "cookie removed by Expires",
                        cookie(site, "session=; Expires=Thu, 01 Jan 1970 00:00:00 GMT")),
                arguments(
                        "cookie removed by an old date",
                        cookie(site, "session=x; expires=Thu, 01-Jan-70 00:00:01 GMT; path=/")),
                arguments("cookie name assessment", cookie(site, "assessment=1; Secure")),
                arguments("cookie name blogindex", cookie(site, "blogindex=1; Secure")),
                arguments("cookie without a name", cookie(site, "just-a-flag")),
                arguments(
                        "policy in meta",
                        site.header("Content-Security-Policy", "X-Frame-Options: DENY")
                                .tls(
                                        _ ->
                                                body(
                                                        "X-Frame-Options: DENY",
                                                        "Content-Security-Policy",
                                                        "<meta http-equiv=Content-Security-Policy"
                                                                + " content=\"default-src 'self'\">"))),
                arguments(
                        "referrer policy in meta",
                        site.tls(
                                _ ->
                                        body(
                                                "X-None: 1",
                                                "Referrer-Policy",
                                                "<meta name=referrer content=never>"))),
                arguments(
                        "safe policy first", policies(site, "default-src 'self'", "script-src *")),
                arguments("safe policy last", policies(site, "script-src *", "default-src 'self'")),
                arguments(
                        "script in a comment",
                        html(site, "<!-- <script src=//x.test></script> -->")),
                arguments(
                        "script in noscript",
                        html(site, "<noscript><script src=//x.test></script></noscript>")),
                arguments(
                        "script in textarea",
                        html(site, "<textarea><script src=//x.test></script></textarea>")),
                arguments(
                        "script in a template",
                        html(site, "<template><script src=//x.test></script></template>")),
                arguments(
                        "JSON",
                        html(site, "<script type=application/ld+json src=//x.test></script>")),
                arguments("data-src", html(site, "<script data-src=//x.test></script>")),
                arguments("own script", html(site, "<script src=//cdn.site.test/a></script>")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("correct")
    void findingWhenTheSiteIsCorrectIsNotReported(String name, SiteFixture site) {
        assertThat(faultsOf(site.check())).isEmpty();
    }

    @Test
    void redirectToItselfWithACookieIsOneRedirect() {
        Report report = SiteFixture.good().tls(FindingTests::cookieFirst).check();

        assertThat(report.findings())
                .filteredOn(f -> f.id().equals("redirects-end"))
                .extracting(Finding::title)
                .containsExactly("It takes 2 redirects to the page."); // one from port 80
    }

    /** A dead host was reported as one that refuses weak suites. */
    @Test
    void findingWhenNothingAnswersIsNotTested() {
        Report report = SiteFixture.good().check(Map.of(HOST, List.of("127.0.0.34")), Map.of());

        assertThat(report.findings())
                .filteredOn(f -> f.verdict() == Rating.GOOD)
                .as("nothing is good about a dead host")
                .isEmpty();
        assertThat(report.findings())
                .filteredOn(f -> f.verdict() == Rating.NOT_TESTED)
                .extracting(Finding::id)
                .contains("TLS1", "cipherlist_LOW", "plain-on-443", "cert_trust");
    }

    /** Findings that need more than a script: each has a test below, or a real server. */
    private static final List<String> WITH_OWN_TEST =
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

    /** The findings that cost points by docs/front-door.md. */
    @Test
    void findingWhenItCostsPointsHasASiteWithTheFault() throws IOException {
        String docs = Files.readString(Path.of("docs/front-door.md"));
        Set<String> documented =
                Pattern.compile("`([^`]+)` −[0-9]")
                        .matcher(docs)
                        .results()
                        .map(match -> match.group(1))
                        .collect(Collectors.toSet());

        Set<String> shown =
                Stream.concat(faults().map(f -> (String) f.get()[0]), WITH_OWN_TEST.stream())
                        .collect(Collectors.toSet());
        assertThat(documented).isEqualTo(shown);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void findingWhenTheSiteHasTheFaultIsReported(String id, SiteFixture bad) {
        assertThat(faultsOf(bad.check())).contains(id);
        assertThat(faultsOf(good)).doesNotContain(id);
    }

    @Test
    void findingWhenAPortIsDeadNamesIt() {
        SiteFixture site = SiteFixture.good();
        try (LoopbackServer https =
                LoopbackServer.tls("127.0.0.32", site.certificate(), site.tls())) {
            Report report =
                    site.check(
                            Map.of(HOST, List.of("127.0.0.32")),
                            Map.of("127.0.0.32:443", https.port()));

            assertThat(faultsOf(report)).contains("http-dead").doesNotContain("https-dead");
        }
    }

    @Test
    void findingWhenOneAddressIsDeadNamesIt() {
        SiteFixture site = SiteFixture.good();
        try (LoopbackServer http = LoopbackServer.plain("127.0.0.32", site.plain());
                LoopbackServer https =
                        LoopbackServer.tls("127.0.0.32", site.certificate(), site.tls())) {
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
        SiteFixture site = SiteFixture.good();
        try (LoopbackServer http = LoopbackServer.plain("127.0.0.32", site.plain());
                LoopbackServer https =
                        LoopbackServer.tls("127.0.0.32", site.certificate(), site.tls());
                LoopbackServer other =
                        LoopbackServer.tls("127.0.0.33", site.certificate(), site.tls())) {
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
    void findingWhenThePortsAreSwappedReportsBoth() {
        SiteFixture site = SiteFixture.good();
        try (LoopbackServer plain = LoopbackServer.plain("127.0.0.32", _ -> answer(200));
                LoopbackServer tls =
                        LoopbackServer.tls("127.0.0.32", site.certificate(), site.tls())) {
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
        Report report = SiteFixture.good().check(Map.of(HOST, List.of("127.0.0.34")), Map.of());

        assertThat(report.grade()).isEqualTo(Grade.F);
        assertThat(faultsOf(report)).contains("https-dead", "http-dead");
    }

    static List<String> faultsOf(Report report) {
        return report.findings().stream()
                .filter(f -> f.verdict() == Rating.BAD || f.verdict() == Rating.WEAK)
                .peek(f -> assertThat(f.remedy()).as(f.id()).isNotEmpty())
                .peek(f -> assertThat(f.sent()).as(f.id()).isNotEmpty())
                .map(Finding::id)
                .toList();
    }

    private static SiteFixture hsts(SiteFixture site, String value) {
        return site.header("Strict-Transport-Security", "Strict-Transport-Security: " + value);
    }

    private static SiteFixture cookie(SiteFixture site, String cookie) {
        return site.header("X-None", "Set-Cookie: " + cookie);
    }

    private static SiteFixture policies(SiteFixture site, String first, String second) {
        return site.header(
                "Content-Security-Policy",
                "X-Frame-Options: DENY",
                "Content-Security-Policy: " + first,
                "Content-Security-Policy: " + second);
    }

    /** With interim responses before each response. */
    private static SiteFixture interim(SiteFixture site, String interim) {
        return site.plain(a -> interim + SiteFixture.redirect(a))
                .tls(_ -> interim + SiteFixture.page(SiteFixture.SECURE));
    }

    private static SiteFixture html(SiteFixture site, String html) {
        return site.tls(_ -> body(html));
    }

    /** The policy or the referrer policy in a meta element only. */
    private static SiteFixture meta(SiteFixture site, String attributes) {
        String header =
                attributes.startsWith("name") ? "Referrer-Policy" : "Content-Security-Policy";
        return site.tls(_ -> body("X-None: 1", header, "<meta " + attributes + ">"));
    }

    private static String body(String html) {
        return body("X-None: 1", "X-None", html);
    }

    private static String body(String with, String without, String html) {
        List<String> headers = new ArrayList<>(SiteFixture.SECURE);
        headers.removeIf(header -> header.startsWith(without + ":"));
        headers.add(with);
        return SiteFixture.page(headers)
                .replaceFirst("Content-Length: [0-9]+", "Connection: close")
                .replace("</title>", "</title>" + html);
    }

    private static String chunked(String... parts) {
        StringBuilder body = new StringBuilder();
        for (String part : parts) {
            body.append(Integer.toHexString(part.length()))
                    .append("\r\n")
                    .append(part)
                    .append("\r\n");
        }
        String page = SiteFixture.page(SiteFixture.SECURE);
        return page.substring(0, page.indexOf("\r\n\r\n") + 4)
                        .replaceFirst("Content-Length: [0-9]+", "Transfer-Encoding: chunked")
                + body
                + "0\r\n\r\n";
    }

    /** The page is at that target, and everything else redirects there without headers. */
    private static String at(Asked asked, String target, String location) {
        return asked.target().equals(target)
                ? SiteFixture.page(SiteFixture.SECURE)
                : answer(
                        302,
                        "Location: " + location,
                        "Strict-Transport-Security: max-age=31536000");
    }

    private static String cookieFirst(Asked asked) {
        return asked.header("Cookie").contains("seen=1")
                ? SiteFixture.page(SiteFixture.SECURE)
                : answer(
                        302,
                        "Location: https://site.test/",
                        "Strict-Transport-Security: max-age=31536000",
                        "Set-Cookie: seen=1; Secure; HttpOnly; SameSite=Lax");
    }

    private static String script(String attributes) {
        String page = SiteFixture.page(SiteFixture.SECURE);
        String title = "<title>Site</title>";
        return page.replaceFirst("Content-Length: [0-9]+", "Connection: close")
                .replace(title, title + "<script " + attributes + "></script>");
    }

    private static String to(int status, String location) {
        return answer(status, "Location: " + location);
    }

    private static String byForwardedHost(Asked asked) {
        String forwarded = asked.header("X-Forwarded-Host");
        return forwarded.isEmpty()
                ? SiteFixture.redirect(asked)
                : to(301, "https://" + forwarded + asked.target());
    }

    /** Leads on and on, to a new path each time. */
    private static String step(Asked asked, int steps) {
        int step = asked.target().length();
        return step > steps
                ? SiteFixture.page(SiteFixture.SECURE)
                : to(302, "/" + "a".repeat(step));
    }
}
