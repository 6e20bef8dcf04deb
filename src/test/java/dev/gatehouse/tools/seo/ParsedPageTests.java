package dev.gatehouse.tools.seo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.tools.outbound.HttpUrl;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What the evidence of rules is taken from. */
class ParsedPageTests {

    private static final String PAGE = "<!doctype html><title>Caf\u00e9</title><p lang=en>x";

    @Test
    void parseWhenHeaderNamesAnotherEncodingReadsTheSourceInIt() {
        ParsedPage page =
                parse(PAGE.getBytes(Charset.forName("windows-1252")), "text/html; charset=latin1");

        assertThat(page.source()).isEqualTo(PAGE);
        assertThat(page.evidence(page.elements("title").getFirst(), "").snippet())
                .isEqualTo("<title>Caf\u00e9</title>");
    }

    @Test
    void parseWhenPageBeginsWithByteOrderMarkLeavesItOut() {
        ParsedPage page = parse(("\ufeff" + PAGE).getBytes(StandardCharsets.UTF_8), "text/html");

        assertThat(page.hasMark()).isTrue();
        assertThat(page.source()).isEqualTo(PAGE);
    }

    private static ParsedPage parse(byte[] body, String contentType) {
        HttpUrl url = ((HttpUrl.Http) HttpUrl.parse("https://www.example.com/")).url();
        return ParsedPage.parse(url, body, contentType);
    }
}
