package dev.gatehouse.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.ResponseEntity;
import org.springframework.mock.web.MockHttpServletRequest;

class PublicPageTests {

    private static final String TEXT = "<p>The same for all visitors. Über.</p>".repeat(100);

    private static ResponseEntity<byte[]> page(MockHttpServletRequest request) {
        return PublicPage.of(
                request, ResponseEntity.ok().header("Cache-Control", "no-store").body(TEXT));
    }

    @Test
    void pageIsCompressedForClientsThatAcceptGzip() throws IOException {
        MockHttpServletRequest request = new MockHttpServletRequest("GET", "/status");
        request.addHeader("Accept-Encoding", "gzip, deflate, br");

        ResponseEntity<byte[]> response = page(request);

        assertThat(response.getHeaders().getFirst("Content-Encoding")).isEqualTo("gzip");
        assertThat(response.getHeaders().getFirst("Vary")).isEqualTo("Accept, Accept-Encoding");
        assertThat(response.getHeaders().getFirst("Cache-Control")).isEqualTo("no-store");
        assertThat(response.getBody()).hasSizeLessThan(200);
        try (GZIPInputStream in =
                new GZIPInputStream(new ByteArrayInputStream(response.getBody()))) {
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo(TEXT);
        }
    }

    /** A form shows what its query says: beside a secret, BREACH would read that. */
    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "none, none",
                "br, none",
                "gzip;q=0, none",
                "'identity, gzip;q=0.5', none",
                "gzip, url=https://example.com/",
                "gzip, ''",
            })
    void otherRequestGetsThePageAsItIs(String accepted, String query) {
        MockHttpServletRequest request = new MockHttpServletRequest("GET", "/tools/seo");
        if (accepted != null) {
            request.addHeader("Accept-Encoding", accepted);
        }
        request.setQueryString(query);

        ResponseEntity<byte[]> response = page(request);

        assertThat(response.getHeaders().containsHeader("Content-Encoding")).isFalse();
        assertThat(response.getHeaders().getFirst("Vary")).isEqualTo("Accept, Accept-Encoding");
        assertThat(response.getBody()).asString(StandardCharsets.UTF_8).isEqualTo(TEXT);
    }
}
