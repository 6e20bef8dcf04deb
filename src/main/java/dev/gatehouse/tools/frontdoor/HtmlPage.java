package dev.gatehouse.tools.frontdoor;

import dev.gatehouse.tools.outbound.Answer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/** The beginning of an HTML page, as a browser with scripting reads it. */
final class HtmlPage {

    /** Of a compressed body no more is decoded than is read of one that is not. */
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

    private final Document document;

    private HtmlPage(Document document) {
        this.document = document;
    }

    /** The page in that answer; an empty one where its body is no HTML, or cannot be decoded. */
    static HtmlPage of(Answer answer) {
        String type = answer.header("Content-Type").orElse("text/html").toLowerCase(Locale.ROOT);
        String essence = type.split(";", 2)[0].strip();
        if (!essence.equals("text/html") && !essence.equals("application/xhtml+xml")) {
            return new HtmlPage(new Document(""));
        }
        byte[] body = decoded(answer).orElse(new byte[0]);
        try {
            return new HtmlPage(Jsoup.parse(new ByteArrayInputStream(body), charset(type), ""));
        } catch (IOException ex) {
            throw new UncheckedIOException(ex); // memory does not fail
        }
    }

    private static @Nullable String charset(String type) {
        int start = type.indexOf("charset=");
        if (start < 0) {
            return null;
        }
        String name = type.substring(start + 8).split(";", 2)[0].replace("\"", "").strip();
        try {
            return Charset.isSupported(name) ? name : null;
        } catch (IllegalCharsetNameException _) {
            return null;
        }
    }

    private static Optional<byte[]> decoded(Answer answer) {
        InputStream in =
                new ByteArrayInputStream(answer.body().getBytes(StandardCharsets.ISO_8859_1));
        String codings = String.join(",", answer.values("Content-Encoding"));
        return switch (codings.toLowerCase(Locale.ROOT)) {
            case "", "identity" -> Optional.of(answer.body().getBytes(StandardCharsets.ISO_8859_1));
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
                .map(e -> new Script(e.attr("src").strip(), e.attr("integrity")))
                .toList();
    }

    private static boolean isRun(Element script) {
        String type = script.attr("type").split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        return SCRIPT_TYPES.contains(type) && script.closest("noscript, template") == null;
    }

    /**
     * A script by its reference.
     *
     * @param source its address, as the page has it
     * @param integrity the hashes that it may have
     */
    record Script(String source, String integrity) {

        /** The host it comes from, or empty where it is the page's own. */
        String host() {
            String lower = source.toLowerCase(Locale.ROOT);
            int authority = lower.indexOf("//");
            boolean named =
                    authority == 0 || lower.startsWith("http://") || lower.startsWith("https://");
            return named ? lower.substring(authority + 2).split("[/:?#]", 2)[0] : "";
        }

        boolean isSecure() {
            return source.regionMatches(true, 0, "https:", 0, 6);
        }

        /** A hash that no browser knows is none (Subresource Integrity, 3.3.2). */
        boolean hasIntegrity() {
            return List.of(integrity.split("\\s+", -1)).stream()
                    .anyMatch(hash -> hash.matches("sha(?:256|384|512)-[A-Za-z0-9+/_=-]+(\\?.*)?"));
        }
    }
}
