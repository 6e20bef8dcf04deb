package dev.gatehouse.page;

import dev.gatehouse.site.AcceptEncoding;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.zip.GZIPOutputStream;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;

/**
 * A page that is the same for all visitors. It is compressed: BREACH needs a secret in the page and
 * beside it a part of the request. With a query it is not, which forms show in their fields.
 */
public final class PublicPage {

    private PublicPage() {}

    public static ResponseEntity<byte[]> of(
            HttpServletRequest request, ResponseEntity<String> page) {
        byte[] body = Objects.requireNonNull(page.getBody()).getBytes(StandardCharsets.UTF_8);
        HttpHeaders headers = HttpHeaders.copyOf(page.getHeaders());
        headers.set(HttpHeaders.VARY, "Accept, Accept-Encoding");
        boolean compress = request.getQueryString() == null && AcceptEncoding.prefersGzip(request);
        if (compress) {
            headers.set(HttpHeaders.CONTENT_ENCODING, "gzip");
        }
        return ResponseEntity.status(page.getStatusCode())
                .headers(headers)
                .body(compress ? gzip(body) : body);
    }

    private static byte[] gzip(byte[] body) {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream(body.length / 2);
        try (OutputStream gzip = new GZIPOutputStream(compressed)) {
            gzip.write(body);
        } catch (IOException ex) {
            throw new UncheckedIOException(ex); // no disk, no network: cannot happen
        }
        return compressed.toByteArray();
    }
}
