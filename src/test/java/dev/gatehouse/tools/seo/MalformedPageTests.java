package dev.gatehouse.tools.seo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a page is made of, its audit has a finding of every rule. */
class MalformedPageTests {

    private static List<Finding> judge(String html) {
        return judge(html.getBytes(StandardCharsets.UTF_8), "text/html");
    }

    private static List<Finding> judge(byte[] body, String contentType) {
        List<Finding> findings = PageRules.judge(RuleFixture.page(body, contentType));
        assertThat(findings).hasSameSizeAs(PageRules.ALL);
        return findings;
    }

    private static Finding find(List<Finding> findings, String id) {
        return findings.stream().filter(f -> f.id().equals(id)).findFirst().orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\0",
                "<",
                "<!",
                "<!--",
                "<!doctype",
                "<html><head><title>never closed",
                "<head></head><head><title>a</title></head><body><head><base href=x><meta name=robots",
                "<body><meta name=description content=x></body><meta name=robots content=noindex>",
                "<link rel=canonical href=http://[><link rel=alternate hreflang=- href=>",
                "<a href=\"http://\ud800/\"><img alt><svg><a><title>",
                "<script type=application/ld+json>[[[{\"@type\":[null,{}],\"@context\":0}]]]",
                "<script type=application/ld+json>\"text\"</script><script type=application/ld+json>",
                "<meta charset=nothing><meta http-equiv=content-type content=charset=>",
                "<frameset><frame src=a></frameset><noframes><title>x",
                "<table><title>in a table</title><tr><meta name=description content=x>",
                "<template><head><body></template><plaintext><title>",
            })
    void brokenMarkupIsJudged(String html) {
        judge(html);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "utf-8", "utf-16le", "utf-16be", "utf-32", "iso-8859-1", "iso-8859-15",
                "windows-1251", "windows-1252", "koi8-r", "shift_jis", "euc-jp", "iso-2022-jp",
                "gbk", "gb18030", "big5", "euc-kr", "ibm037"
            })
    void encodingIsReadOrReported(String name) {
        byte[] body =
                "<!doctype html><title>Überschrift der Seite</title><p>текст 日本語"
                        .getBytes(Charset.forName(name));
        Finding charset = find(judge(body, "text/html; charset=" + name), "charset");
        assertThat(charset.failed()).isEqualTo(!name.equals("utf-8"));
        judge(body, "text/html");
        judge(body, "text/html; charset=utf-8");
    }

    @Test
    void bytesThatUtf8DoesNotHaveAreFoundWithTheirPlace() {
        byte[] body =
                "<!doctype html>\n<meta charset=utf-8><title>caf\u00e9</title>"
                        .getBytes(StandardCharsets.ISO_8859_1);
        Finding charset = find(judge(body, "text/html"), "charset");
        assertThat(charset.failed()).isTrue();
        assertThat(charset.evidence().getFirst().line()).isEqualTo(2);
    }

    @Test
    void headOfFiveMegabytesIsTooLarge() {
        StringBuilder html = new StringBuilder("<!doctype html><html><head>");
        while (html.length() < 5_000_000) {
            html.append(
                    "<meta name=\"robots\" content=\"noindex\"><link rel=alternate hreflang=xx>");
        }
        List<Finding> findings = judge(html + "<title>Last</title>");
        assertThat(find(findings, "page-size").failed()).isTrue();
        assertThat(find(findings, "document-title").outcome()).isEqualTo(Outcome.PASS);
        assertThat(find(findings, "hreflang").places()).isGreaterThan(50_000);
        assertThat(find(findings, "hreflang").evidence()).hasSize(10);
    }

    @Test
    void elementsNestedWithoutEndAreJudged() {
        judge("<div><a href=x>".repeat(100_000));
        judge("<svg>".repeat(50_000) + "<title>");
        judge("<div vocab=x typeof=y>".repeat(50_000));
        judge("<div typeof=y>".repeat(50_000));
        judge("<b><i><a href=x><p>".repeat(5_000));
    }

    @Test
    void jsonNestedWithoutEndIsSyntaxError() {
        String json = "{\"@type\":\"A\",\"a\":".repeat(50_000);
        Finding syntax = find(judge("<script type=application/ld+json>" + json), "json-ld-syntax");
        assertThat(syntax.failed()).isTrue();
    }

    @Test
    void snippetsHaveAtMostTwoHundredCharacters() {
        String html = "<!doctype html><a onclick=x>" + "\ud83d\ude00 word".repeat(500) + "</a>";
        assertThat(judge(html))
                .flatMap(Finding::evidence)
                .allSatisfy(e -> assertThat(e.snippet().length()).isLessThanOrEqualTo(200));
    }

    /** The pages of the rules with parts cut, doubled and overwritten. */
    @Test
    void mutatedPagesAreJudged() throws IOException {
        Random random = new Random(42);
        for (RuleFixture fixture : RuleFixture.all()) {
            byte[] page = fixture.page().html().source().getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < 10; i++) {
                byte[] mutated = page.clone();
                for (int changes = random.nextInt(20); changes >= 0; changes--) {
                    int at = random.nextInt(mutated.length);
                    int from = random.nextInt(mutated.length);
                    int length = Math.min(random.nextInt(30), mutated.length - Math.max(at, from));
                    System.arraycopy(mutated, from, mutated, at, length);
                    mutated[at] = (byte) "<>\"'=/!-&;\0\u00ff".charAt(random.nextInt(12));
                }
                judge(mutated, "text/html");
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    single-head      | 2:24 | <title>A</title></head><head><title>B</title></head><body>C
                    single-head      | 2:15 | </head><body>A<body class="b">
                    base-element     | 2:14 | </head><body><base href="/b/"><a href="c">C</a>
                    base-element     | 2:18 | <base href="/a/"><base href="/b/"></head><body>
                    metadata-in-head | 2:14 | </head><body><meta name="robots" content="noindex">
                    metadata-in-head | 2:22 | </head><body>A</body><meta name="description" content="B"></html>
                    metadata-in-head | 2:29 | </head><body>A</body></html><link rel="canonical" href="/">
                    metadata-in-head | 2:13 | <div>A</div><link rel="canonical" href="https://example.com/page">
                    """)
    void partsThatStandInTheWrongPlaceAreFoundThere(String id, String at, String html) {
        String page = "<!doctype html><html lang=en><head><meta charset=utf-8>\n" + html;
        Finding finding = find(judge(page), id);

        assertThat(finding.failed()).isTrue();
        assertThat(finding.evidence()).extracting(e -> e.line() + ":" + e.column()).contains(at);
    }

    @Test
    void canonicalsThatDifferInHeaderAndPageAreBothShown() {
        PageFacts page =
                RuleFixture.page(
                        "<!doctype html><head><link rel=canonical href=https://example.com/page>");
        List<Finding> findings =
                PageRules.judge(withField(page, "<https://example.com/other>; rel=\"canonical\""));

        for (String id : List.of("canonical", "canonical-single")) {
            assertThat(find(findings, id).failed()).isTrue();
            assertThat(find(findings, id).evidence())
                    .extracting(Evidence::in)
                    .containsExactly("page", "header");
        }
        assertThat(find(findings, "canonical-target").outcome()).isEqualTo(Outcome.NOT_APPLICABLE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"@type\": \"A\",}",
                "{\"@type\": \"A\"",
                "{'@type': 'A'}",
                "{@type: \"A\"}",
                "{\"@type\": \"A\", \"name\": \"B\nC\"}",
                "{\"@type\": \"A\"} {\"@type\": \"B\"}",
                "{\"@type\": \"A\"};",
                "{\"@type\": NaN}",
                "{\"@type\": 01}",
                "/* comment */ {\"@type\": \"A\"}",
                "// <![CDATA[\n{\"@type\": \"A\"}\n// ]]>",
                "{&quot;@type&quot;: &quot;A&quot;}",
                "{\"a\": \"\\x41\"}",
                "<!-- {\"@type\": \"A\"} -->",
            })
    void jsonThatIsNotValidIsSyntaxErrorWithItsPlace(String json) {
        Finding syntax =
                find(
                        judge("<script type=application/ld+json>" + json + "</script>"),
                        "json-ld-syntax");

        assertThat(syntax.failed()).isTrue();
        assertThat(syntax.evidence().getFirst().line()).isPositive();
        assertThat(syntax.evidence().getFirst().text()).isNotEmpty();
    }

    private static PageFacts withField(PageFacts page, String link) {
        return new PageFacts(
                new AuditedResponse(
                        page.url(),
                        200,
                        List.of(
                                new AuditedResponse.Header("Content-Type", "text/html"),
                                new AuditedResponse.Header("Link", link)),
                        List.of(),
                        0,
                        0,
                        false),
                page.html(),
                page.site(),
                page.linked());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<https://example.com/page>; rel=canonical",
                "<https://example.com/page>;rel=\"canon\\ical\", <x>;rel=next",
                "<https://example.com/page",
                "rel=canonical",
                "<>;;;=;\"",
                ",,,<a>;rel",
            })
    void linkFieldIsReadAsFarAsItGoes(String value) {
        PageFacts page = RuleFixture.page("<!doctype html><title>A</title>");
        String expected =
                value.startsWith("<https://example.com/page>") ? "pass" : "not-applicable";
        Finding canonical = find(PageRules.judge(withField(page, value)), "canonical");
        assertThat(canonical.outcome().tag()).isEqualTo(expected);
    }
}
