package dev.gatehouse.tools.seo;

import dev.gatehouse.tools.outbound.HttpUrl;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The response that a page came in.
 *
 * @param url of the page, after the redirects
 * @param headers each field line, in order
 * @param redirects from the URL that was asked for, in order
 * @param transferred bytes of the body as they were sent
 * @param size bytes of the body after decoding
 * @param truncated whether the body was longer than what was read
 */
record AuditedResponse(
        HttpUrl url,
        int status,
        List<Header> headers,
        List<Redirect> redirects,
        long transferred,
        long size,
        boolean truncated) {

    /** A field line. */
    record Header(String name, String value) {}

    /** A step of a redirect chain. */
    record Redirect(HttpUrl from, int status) {}

    List<String> values(String name) {
        return headers.stream()
                .filter(header -> header.name().equalsIgnoreCase(name))
                .map(Header::value)
                .toList();
    }

    Optional<String> header(String name) {
        return values(name).stream().findFirst();
    }

    /** The media type in lower case without parameters, or empty. */
    String mediaType() {
        return header("Content-Type").orElse("").split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }

    boolean isHtml() {
        return switch (mediaType()) {
            case "text/html", "application/xhtml+xml", "" -> true;
            default -> false;
        };
    }
}
