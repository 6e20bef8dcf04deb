package dev.gatehouse.tools.html;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.tools.html.HtmlDocument.DuplicateId;
import dev.gatehouse.tools.html.HtmlDocument.Position;
import dev.gatehouse.tools.html.Reference.Kind;
import dev.gatehouse.tools.outbound.HttpUrl;
import dev.gatehouse.tools.outbound.Scheme;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HtmlDocumentTests {

    private static final HttpUrl URL = HttpUrl.of(Scheme.HTTPS, "a.test", "/dir/page");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "<a href=x>t</a>                          | NAVIGATION a href /dir/x",
                "<area href=/x>                           | NAVIGATION area href /x",
                "<svg><a xlink:href=x>t</a></svg>         | NAVIGATION a xlink:href /dir/x",
                "<svg><image href=x /></svg>              | IMAGE image href /dir/x",
                "<link rel=stylesheet href=x>             | STYLESHEET link href /dir/x",
                "<link rel=CANONICAL href=x>              | CANONICAL link href /dir/x",
                "<link rel=alternate hreflang=de href=x>  | ALTERNATE link href /dir/x",
                "<link rel='shortcut icon' href=x>        | IMAGE link href /dir/x",
                "<link rel=apple-touch-icon href=x>       | IMAGE link href /dir/x",
                "<link rel=manifest href=x>               | PRELOAD link href /dir/x",
                "<link rel=next href=x>                   | DOCUMENT link href /dir/x",
                "<img src=x>                              | IMAGE img src /dir/x",
                "<picture><source srcset='x 1x'></picture>| IMAGE_SET source srcset /dir/x",
                "<link rel=preload imagesrcset='x 1x'>    | IMAGE_SET link imagesrcset /dir/x",
                "<script src=x></script>                  | SCRIPT script src /dir/x",
                "<iframe src=x></iframe>                  | FRAME iframe src /dir/x",
                "<iframe srcdoc='<a href=x>t</a>'></iframe> | NAVIGATION a href /dir/x",
                "<video src=x></video>                    | MEDIA video src /dir/x",
                "<video poster=x></video>                 | IMAGE video poster /dir/x",
                "<audio src=x></audio>                    | MEDIA audio src /dir/x",
                "<video><source src=x></video>            | MEDIA source src /dir/x",
                "<video><track src=x></video>             | MEDIA track src /dir/x",
                "<form action=x></form>                   | FORM form action /dir/x",
                "<form method=POST action=x></form>       | FORM_POST form action /dir/x",
                "<form method=post><button formaction=x></form> | FORM_POST button formaction /dir/x",
                "<input type=image src=x>                 | IMAGE input src /dir/x",
                "<object data=x></object>                 | OBJECT object data /dir/x",
                "<embed src=x>                            | OBJECT embed src /dir/x",
                "<blockquote cite=x></blockquote>         | DOCUMENT blockquote cite /dir/x",
                "<body background=x>                      | IMAGE body background /dir/x",
                "<meta http-equiv=Refresh content='0; url=x'> | REFRESH meta content /dir/x",
                "<meta property=og:image content=x>       | SOCIAL meta content /dir/x",
                "<meta name=twitter:image content=x>      | SOCIAL meta content /dir/x",
                "<p style='background: url(x)'>           | IMAGE p style /dir/x",
                "<style>@import 'x';</style>              | STYLESHEET style @import /dir/x",
                "<style>a { b: url(x) }</style>           | IMAGE style url() /dir/x",
                "<noscript><img src=x></noscript>         | IMAGE img src /dir/x",
            })
    void elementWhenReadHasThisReference(String html, String expected) {
        assertThat(page(html).references())
                .extracting(
                        r ->
                                r.kind()
                                        + " "
                                        + r.element()
                                        + " "
                                        + r.attribute()
                                        + " "
                                        + r.url().orElseThrow().path())
                .containsExactly(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "<!-- <a href=x>t</a> -->",
                "<template><a href=x>t</a></template>",
                "<script>'<a href=x>'</script>",
                "<link rel=preconnect href=//b.test>",
                "<link rel=pingback href=x>",
                "<img src=''>",
                "<img src='data:image/png;base64,AA=='>",
                "<svg><use href='#icon' /></svg>",
                "<a>t</a>",
                "<a name=x>t</a>",
                "<textarea><a href=x>t</a></textarea>",
                "<meta property=og:title content=x>",
                "<meta http-equiv=refresh content=5>",
                "<source type=x>",
            })
    void elementWhenItRefersToNothingHasNoReference(String html) {
        assertThat(page(html).references()).isEmpty();
    }

    @Test
    void referencesWhenReadHaveTheirPositionAndText() {
        String html =
                """
                <!doctype html>
                <title>t</title>
                <p>ä <a class=x
                   href="one">first
                   link</a><a href=two><img src=three alt="An image"></a>
                <style>
                  a { b: url(four) }
                </style>
                <script type="application/ld+json">
                {"@context": "https://schema.org", "@id": "https://a.test/#id",
                 "url": "/five", "sameAs": ["https://b.test/six", "https://b.test/seven"],
                 "name": "https is not a link", "offers": {"availability": "https://schema.org/InStock"}}
                </script>
                """;
        assertThat(page(html).references())
                .extracting(r -> r.written() + " " + r.line() + ":" + r.column() + " " + r.text())
                .containsExactly(
                        "one 3:6 first link",
                        "two 5:12 An image",
                        "three 5:24 An image",
                        "four 7:10 ",
                        "/five 11:9 ",
                        "https://b.test/six 11:29 ",
                        "https://b.test/seven 11:51 ");
    }

    @Test
    void referenceWhenThePageHasABaseIsResolvedAgainstIt() {
        String html = "<base href=/sub/><base href=/not/><a href=x>t</a><a href=''>u</a>";
        assertThat(page(html).references())
                .extracting(r -> r.url().orElseThrow().toString())
                .containsExactly("https://a.test/sub/x", "https://a.test/sub/");
    }

    @Test
    void referenceWhenItIsNoHttpUrlSaysSo() {
        List<Reference> references =
                page("<a href=mailto:x@y>t</a><a href='JavaScript:x()'>u</a>"
                                + "<a href='http://[x'>v</a><a href='https://a.test/"
                                + "x".repeat(9_000)
                                + "'>w</a>")
                        .references();
        assertThat(references)
                .extracting(Reference::target)
                .containsExactly(
                        new HttpUrl.OtherScheme("mailto"),
                        new HttpUrl.OtherScheme("javascript"),
                        new HttpUrl.Invalid(),
                        new HttpUrl.Invalid());
        assertThat(references.getLast().written()).hasSize(2_048);
    }

    @ParameterizedTest
    @CsvSource({"UTF-8,", "UTF-8, utf-8", "UTF-16LE, 'UTF-16LE'", "windows-1252, windows-1252"})
    void pageWhenInThatEncodingIsRead(String encoding, @Nullable String declared) {
        byte[] body = "<p>é<a href=x>ü</a>".getBytes(Charset.forName(encoding));
        String type = declared == null ? "text/html" : "text/html; Charset=\"" + declared + "\"";
        assertThat(HtmlDocument.parse(URL, body, type).references())
                .extracting(Reference::text)
                .containsExactly("ü");
    }

    @ParameterizedTest
    @CsvSource({"UTF-16LE", "UTF-16BE", "UTF-8"})
    void pageWhenItHasAByteOrderMarkIsReadByItWhateverWasDeclared(String encoding) {
        byte[] body = "\ufeff<p>é<a href=x>ü</a>".getBytes(Charset.forName(encoding));
        assertThat(HtmlDocument.parse(URL, body, "text/html; charset=windows-1252").references())
                .extracting(Reference::text)
                .containsExactly("ü");
    }

    @Test
    void pageWhenItsCharsetIsUnknownIsReadAsItDeclares() {
        byte[] body =
                "<meta charset=windows-1252><a href=x>ü</a>"
                        .getBytes(Charset.forName("windows-1252"));
        assertThat(HtmlDocument.parse(URL, body, "text/html; charset=no-such").references())
                .extracting(Reference::text)
                .containsExactly("ü");
    }

    @Test
    void pageWhenXhtmlIsReadAsXml() {
        byte[] body =
                """
                <?xml version="1.0"?>
                <html xmlns="http://www.w3.org/1999/xhtml"><head><script src="x"/>
                <style><![CDATA[a { b: url(y) }]]></style></head>
                <body><a href="z">t</a></body></html>
                """
                        .getBytes(StandardCharsets.UTF_8);
        assertThat(HtmlDocument.parse(URL, body, "application/xhtml+xml").references())
                .extracting(Reference::written)
                .containsExactly("x", "y", "z");
    }

    @Test
    void mixedContentWhenThePageIsHttpsIsActiveOrPassive() {
        String html =
                """
                <script src=http://b.test/></script><link rel=stylesheet href=http://b.test/>
                <iframe src=http://b.test/></iframe><img srcset="http://b.test/ 1x">
                <style>@font-face { src: url(http://b.test/) }</style><object data=http://b.test/></object>
                <img src=http://b.test/><video src=http://b.test/ poster=http://b.test/></video>
                <a href=http://b.test/>t</a><link rel=canonical href=http://b.test/><img src=//b.test/>
                """;
        List<PlainHttp> mixed =
                page(html).references().stream()
                        .flatMap(r -> PlainHttp.of(URL, r).stream())
                        .toList();
        assertThat(mixed).hasSize(9);
        assertThat(mixed.subList(0, 6)).containsOnly(PlainHttp.MIXED_CONTENT_ACTIVE);
        assertThat(mixed.subList(6, 9)).containsOnly(PlainHttp.MIXED_CONTENT_PASSIVE);
        assertThat(page(html).references())
                .allSatisfy(
                        r -> assertThat(PlainHttp.of(URL.withScheme(Scheme.HTTP), r)).isEmpty());
        assertThat(page(html).references()).filteredOn(Reference::saysHttp).hasSize(11);
    }

    @Test
    void anchorsWhenAskedAreIdsAndNamesOfLinks() {
        assertThat(page("<p id=one><a name=two>t</a><input name=three><b id=''>").anchors())
                .containsExactlyInAnyOrder("one", "two");
    }

    @Test
    void duplicateIdsWhenSharedAreNamedWithTheirPlaces() {
        assertThat(
                        page("<p id=a>\n<p id=a>\n<p id=a><p id=b><template><p id=b></template>")
                                .duplicateIds())
                .containsExactly(new DuplicateId("a", 3, new Position(1, 1), new Position(2, 1)));
    }

    @Test
    void pageOfAHundredThousandLinksWhenReadHasThemAll() {
        StringBuilder html = new StringBuilder();
        IntStream.range(0, 100_000)
                .forEach(i -> html.append("<a href=").append(i).append(">t</a>"));
        assertThat(page(html.toString()).references()).hasSize(100_000);
    }

    @Test
    void pageOfHugeAttributesOrDepthWhenReadEnds() {
        String million = "x".repeat(1_000_000);
        assertThat(
                        page("<a href='"
                                        + million
                                        + "' title='"
                                        + million
                                        + "'>"
                                        + million
                                        + "</a>")
                                .references())
                .singleElement()
                .satisfies(r -> assertThat(r.text()).hasSize(120))
                .extracting(Reference::kind)
                .isEqualTo(Kind.NAVIGATION);
        assertThat(page("<div>".repeat(200_000) + "<a href=x>t</a>").references()).hasSize(1);
    }

    private static HtmlDocument page(String html) {
        return HtmlDocument.parse(URL, html.getBytes(StandardCharsets.UTF_8), "text/html");
    }
}
