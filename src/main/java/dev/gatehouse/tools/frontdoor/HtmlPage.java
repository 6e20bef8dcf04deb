package dev.gatehouse.tools.frontdoor;

import dev.gatehouse.tools.outbound.DetectedCharset;
import dev.gatehouse.tools.outbound.HttpUrl;
import dev.gatehouse.tools.outbound.RawResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/** The beginning of an HTML page, as a browser with scripting reads it. */
final class HtmlPage {

    /** At most this much of a compressed body is decoded. */
    private static final int LARGEST = 256 * 1024;

    /** The types that browsers run (WHATWG MIME Sniffing, "JavaScript MIME type"), and modules. */
    private static final Set<String> SCRIPT_TYPES =
            Set.of(
                    "",
                    "module",
                    "text/javascript",
                    "application/javascript",
                    "application/ecmascript",
                    "application/x-ecmascript",
                    "application/x-javascript",
                    "text/ecmascript",
                    "text/jscript",
                    "text/livescript",
                    "text/x-ecmascript",
                    "text/x-javascript");

    /** Values of meta elements from before Referrer-Policy (HTML, 4.2.5.2). */
    private static final Map<String, String> LEGACY_REFERRER =
            Map.of(
                    "never", "no-referrer",
                    "default", "strict-origin-when-cross-origin",
                    "always", "unsafe-url",
                    "origin-when-crossorigin", "origin-when-cross-origin");

    private final HttpUrl base;
    private final Document document;

    private HtmlPage(HttpUrl url, Document document) {
        this.document = document;
        this.base =
                Optional.ofNullable(document.selectFirst("base[href]"))
                        .flatMap(element -> url.resolveHttp(element.attr("href")))
                        .orElse(url);
    }

    /** The page in that response; an empty one where its body is no HTML, or cannot be decoded. */
    static HtmlPage of(HttpUrl url, RawResponse response) {
        String type = response.header("Content-Type").orElse("text/html").toLowerCase(Locale.ROOT);
        String essence = type.split(";", 2)[0].strip();
        if (!essence.equals("text/html") && !essence.equals("application/xhtml+xml")) {
            return new HtmlPage(url, new Document(""));
        }
        byte[] body = decoded(response).orElse(new byte[0]);
        String source = DetectedCharset.of(type, body, false).decode(body);
        return new HtmlPage(url, Jsoup.parse(source));
    }

    private static Optional<byte[]> decoded(RawResponse response) {
        InputStream in =
                new ByteArrayInputStream(response.body().getBytes(StandardCharsets.ISO_8859_1));
        String codings = String.join(",", response.values("Content-Encoding"));
        return switch (codings.toLowerCase(Locale.ROOT)) {
            case "", "identity" ->
                    Optional.of(response.body().getBytes(StandardCharsets.ISO_8859_1));
            case "gzip", "x-gzip" -> decoded(in, GZIPInputStream::new);
            case "deflate" -> decoded(in, InflaterInputStream::new);
            default -> Optional.empty(); // not asked for
        };
    }

    /** What can be decoded, of a body that may have been cut. */
    private static Optional<byte[]> decoded(InputStream body, Decoder decoder) {
        byte[] bytes = new byte[LARGEST];
        int length = 0;
        try (InputStream in = decoder.decode(body)) {
            for (int count = 0; count >= 0 && length < LARGEST; length += Math.max(0, count)) {
                count = in.read(bytes, length, LARGEST - length);
            }
        } catch (IOException _) {
            // what came until then is the page
        }
        return Optional.of(Arrays.copyOf(bytes, length));
    }

    @FunctionalInterface
    private interface Decoder {

        InputStream decode(InputStream in) throws IOException;
    }

    /** The scripts that are fetched and run: none in comments, templates or {@code noscript}. */
    List<Script> scripts() {
        return document.select("script[src]").stream()
                .filter(HtmlPage::isRun)
                .flatMap(e -> script(e.attr("src"), e.attr("integrity")).stream())
                .toList();
    }

    private static boolean isRun(Element script) {
        String type = script.attr("type").split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        return SCRIPT_TYPES.contains(type) && script.closest("noscript, template") == null;
    }

    private Optional<Script> script(String source, String integrity) {
        boolean https = source.strip().regionMatches(true, 0, "https:", 0, 6);
        return base.resolveHttp(source)
                .map(
                        url ->
                                new Script(
                                        url.host(),
                                        https || url.host().equals(base.host()),
                                        integrity));
    }

    /** The policies of meta elements; browsers ignore those outside of the head. */
    List<String> metaPolicies() {
        return document.head()
                .select("meta[http-equiv=Content-Security-Policy]")
                .eachAttr("content");
    }

    /** The referrer policies of meta elements, in lower case. */
    List<String> metaReferrerPolicies() {
        return document.select("meta[name=referrer]").stream()
                .map(e -> e.attr("content").strip().toLowerCase(Locale.ROOT))
                .map(policy -> LEGACY_REFERRER.getOrDefault(policy, policy))
                .toList();
    }

    /**
     * A script by its reference.
     *
     * @param isSecure whether its URL says https, whatever the page's own scheme
     * @param integrity the hashes that it may have
     */
    record Script(String host, boolean isSecure, String integrity) {

        /** A hash that browsers do not know is none (Subresource Integrity, 3.3.2). */
        boolean hasIntegrity() {
            return Arrays.stream(integrity.split("\\s+", -1))
                    .anyMatch(hash -> hash.matches("sha(?:256|384|512)-[A-Za-z0-9+/_=-]+(\\?.*)?"));
        }
    }
}
