package dev.gatehouse.tools.html;

import dev.gatehouse.tools.outbound.DetectedCharset;
import dev.gatehouse.tools.outbound.HttpUrl;
import dev.gatehouse.tools.outbound.PageResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Range;
import org.jsoup.parser.Parser;

/** An HTML page as browsers read it, with the position of each element in its source. */
public final class HtmlDocument {

    private final HttpUrl url;
    private final HttpUrl base;
    private final DetectedCharset charset;
    private final String source;
    private final Document document;

    private HtmlDocument(HttpUrl url, DetectedCharset charset, String source, Document document) {
        this.url = url;
        this.charset = charset;
        this.source = source;
        this.document = document;
        this.base =
                Optional.ofNullable(document.selectFirst("base[href]"))
                        .flatMap(element -> url.resolveHttp(element.attr("href")))
                        .orElse(url);
    }

    /** A place in the source, from line 1 and column 1. */
    public record Position(int line, int column) {}

    /** An id that elements share. */
    public record DuplicateId(String id, int count, Position first, Position second) {}

    private static boolean isXhtml(String essence) {
        return essence.equals("application/xhtml+xml") || isXml(essence);
    }

    private static boolean isXml(String essence) {
        return essence.equals("application/xml") || essence.equals("text/xml");
    }

    /**
     * Whether a browser shows the response as a page: HTML by its type, XML that is XHTML, or what
     * looks like HTML where no type is named.
     */
    public static boolean isHtml(PageResponse response) {
        String type = response.mediaType();
        if (type.equals("text/html") || type.equals("application/xhtml+xml")) {
            return true;
        }
        byte[] body = response.body().bytes();
        if (!type.isEmpty() && !isXml(type)) {
            return false;
        }
        String start =
                new String(body, 0, Math.min(body.length, 1_024), StandardCharsets.ISO_8859_1)
                        .replace("\0", "") // UTF-16
                        .toLowerCase(Locale.ROOT);
        return type.isEmpty()
                ? start.contains("<!doctype html") || start.contains("<html")
                : start.contains("http://www.w3.org/1999/xhtml");
    }

    /** The media type in lower case, without parameters. */
    public static String essence(String contentType) {
        return contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }

    /**
     * Reads a page, which may have been cut, in the encoding that {@link DetectedCharset} finds.
     *
     * @param contentType the response field, or empty
     */
    public static HtmlDocument parse(HttpUrl url, byte[] body, String contentType) {
        DetectedCharset charset = DetectedCharset.of(contentType, body, true);
        String source = charset.decode(body);
        Parser parser = isXhtml(essence(contentType)) ? Parser.xmlParser() : Parser.htmlParser();
        return new HtmlDocument(
                url, charset, source, Jsoup.parse(source, "", parser.setTrackPosition(true)));
    }

    /** Reads the page of a response. */
    public static HtmlDocument parse(PageResponse response) {
        return parse(
                response.url(),
                response.body().bytes(),
                response.header("Content-Type").orElse(""));
    }

    /** Where the page was found. */
    public HttpUrl url() {
        return url;
    }

    /** What its references are resolved against. */
    public HttpUrl base() {
        return base;
    }

    /** The encoding that it was read in, and how it was found. */
    public DetectedCharset charset() {
        return charset;
    }

    /** The text that the positions of elements refer to. */
    public String source() {
        return source;
    }

    /** The page's elements. */
    public Document document() {
        return document;
    }

    /** Where an element's start tag begins; line and column are 0 where the parser added it. */
    public static Position position(Element element) {
        Range range = element.sourceRange();
        return range.isTracked()
                ? new Position(range.start().lineNumber(), range.start().columnNumber())
                : new Position(0, 0);
    }

    /** Passes all references of the page on, in the order of its elements. */
    public void forEachReference(Consumer<Reference> found) {
        new PageReferences(base, found).read(document);
    }

    /** All references of the page. */
    public List<Reference> references() {
        List<Reference> references = new ArrayList<>();
        forEachReference(references::add);
        return references;
    }

    /** Passes all references of a style sheet on. */
    public static void forEachReference(HttpUrl url, String css, Consumer<Reference> found) {
        new PageReferences(url, found).styleSheet(css, new Position(1, 1));
    }

    /** What a fragment may name: ids, and names of {@code a} elements. */
    public Set<String> anchors() {
        Set<String> anchors = new HashSet<>();
        document.stream()
                .filter(element -> element.attributesSize() > 0)
                .forEach(
                        element -> {
                            anchors.add(element.id());
                            if (element.nameIs("a")) {
                                anchors.add(element.attr("name"));
                            }
                        });
        anchors.remove("");
        return anchors;
    }

    /** The ids that more than one element has, outside of templates. */
    public List<DuplicateId> duplicateIds() {
        Map<String, DuplicateId> ids = new HashMap<>();
        List<String> duplicates = new ArrayList<>();
        for (Element element : document.getAllElements()) {
            String id = element.id();
            if (id.isEmpty() || element.closest("template") != null) {
                continue;
            }
            Position here = position(element);
            DuplicateId before = ids.get(id);
            if (before == null) {
                ids.put(id, new DuplicateId(id, 1, here, here));
                continue;
            }
            if (before.count() == 1) {
                duplicates.add(id);
            }
            ids.put(
                    id,
                    new DuplicateId(
                            id,
                            before.count() + 1,
                            before.first(),
                            before.count() == 1 ? here : before.second()));
        }
        return duplicates.stream().map(ids::get).toList();
    }
}
