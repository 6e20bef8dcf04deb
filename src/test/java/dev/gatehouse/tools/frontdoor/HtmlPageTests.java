package dev.gatehouse.tools.frontdoor;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.tools.outbound.HttpUrl;
import dev.gatehouse.tools.outbound.RawResponse;
import dev.gatehouse.tools.outbound.Scheme;
import java.nio.charset.Charset;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;

class HtmlPageTests {

    private static final String PAGE =
            "<!doctype html><script src=\"https://other.test/a.js\"></script>";

    /** The page's beginning, the header's charset and the charset that it is really in. */
    static final List<Arguments> CHARSETS =
            List.of(
                    Arguments.of("", "", UTF_8),
                    Arguments.of("", ";charset=utf-8", UTF_8),
                    Arguments.of("", ";charset=utf-16", UTF_16LE), // as in WHATWG Encoding
                    Arguments.of("\ufeff", "", UTF_16BE),
                    Arguments.of("\ufeff", ";charset=utf-8", UTF_16LE),
                    Arguments.of("", ";charset=no-such", UTF_8),
                    Arguments.of("", ";charset=\"latin1\"", ISO_8859_1));

    @ParameterizedTest
    @FieldSource("CHARSETS")
    void scriptIsFoundInTheCharsetThatBrowsersUse(String mark, String parameter, Charset charset) {
        String body = new String((mark + PAGE).getBytes(charset), ISO_8859_1);
        RawResponse response =
                new RawResponse(
                        200,
                        "HTTP/1.1 200 OK",
                        List.of("Content-Type: text/html" + parameter),
                        body);

        HtmlPage page = HtmlPage.of(HttpUrl.of(Scheme.HTTPS, "site.test", "/"), response);

        assertThat(page.scripts()).extracting(HtmlPage.Script::host).containsExactly("other.test");
    }
}
