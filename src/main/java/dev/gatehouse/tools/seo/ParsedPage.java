package dev.gatehouse.tools.seo;

import dev.gatehouse.tools.html.HtmlDocument;
import dev.gatehouse.tools.html.Reference;
import dev.gatehouse.tools.outbound.DetectedCharset;
import dev.gatehouse.tools.outbound.HttpUrl;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.Range;
import org.jsoup.parser.Parser;
import org.jsoup.select.NodeFilter;
import org.jsoup.select.NodeTraversor;

/**
 * A page as a browser with scripting reads it, without running its scripts: what stands in {@code
 * noscript} and {@code template} is not part of it.
 */
final class ParsedPage {

    private final HtmlDocument html;
    private final String source;
    private final Document document;
    private final List<Element> all = new ArrayList<>();
    private final Map<String, List<Element>> byName = new HashMap<>();
    private final List<SourceTag> structure;

    private ParsedPage(HtmlDocument html) {
        this.html = html;
        this.document = html.document();
        this.source = html.source();
        this.structure = SourceTag.structure(source);
    }

    /**
     * Reads a page.
     *
     * @param contentType the response field, or empty
     */
    static ParsedPage parse(HttpUrl url, byte[] body, String contentType) {
        HtmlDocument html = HtmlDocument.parse(url, body, contentType);
        ParsedPage page = new ParsedPage(html);
        NodeTraversor.filter((node, depth) -> page.visit(node), page.document);
        return page;
    }

    private NodeFilter.FilterResult visit(Node node) {
        if (node instanceof Element element && !element.equals(document)) {
            String name = element.normalName();
            if (name.equals("noscript") || name.equals("template")) {
                return NodeFilter.FilterResult.SKIP_CHILDREN;
            }
            all.add(element);
            byName.computeIfAbsent(isSvg(element) ? "svg:" + name : name, key -> new ArrayList<>(4))
                    .add(element);
        }
        return NodeFilter.FilterResult.CONTINUE;
    }

    private static boolean isSvg(Element element) {
        return element.tag().namespace().equals(Parser.NamespaceSvg);
    }

    /** All references that stand in the page. */
    List<Reference> references() {
        return html.references();
    }

    /** Whether it begins with a byte order mark. */
    boolean hasMark() {
        return html.charset().source() == DetectedCharset.Source.BYTE_ORDER_MARK;
    }

    /** What references are resolved against. */
    HttpUrl base() {
        return html.base();
    }

    Document document() {
        return document;
    }

    String source() {
        return source;
    }

    /** All elements in order. */
    List<Element> elements() {
        return all;
    }

    /** The HTML elements of that name in order; those of SVG are named {@code svg:…}. */
    List<Element> elements(String name) {
        return byName.getOrDefault(name, List.of());
    }

    /** The tags html, head and body and the doctype, as they stand in the source. */
    List<SourceTag> structure() {
        return structure;
    }

    boolean inHead(Element element) {
        for (Element e = element; e != null; e = e.parent()) {
            if (e.normalName().equals("head")) {
                return true;
            }
        }
        return false;
    }

    /** The text of the first title, which may stand anywhere, or empty. */
    String title() {
        List<Element> titles = elements("title");
        return titles.isEmpty() ? "" : collapsed(titles.getFirst().wholeText());
    }

    /** The meta elements in the head with that name, whose case does not matter. */
    List<Element> headMetas(String name) {
        return elements("meta").stream()
                .filter(meta -> meta.attr("name").equalsIgnoreCase(name) && inHead(meta))
                .toList();
    }

    /** The content of the first meta element in the head with that name. */
    Optional<String> description() {
        return headMetas("description").stream()
                .findFirst()
                .map(meta -> collapsed(meta.attr("content")));
    }

    /** The contents of the meta elements with that property or name, such as {@code og:title}. */
    List<Element> properties(String property) {
        return elements("meta").stream()
                .filter(
                        meta ->
                                meta.attr("property").strip().equalsIgnoreCase(property)
                                        || meta.attr("name").strip().equalsIgnoreCase(property))
                .toList();
    }

    Optional<String> property(String property) {
        return properties(property).stream()
                .map(meta -> meta.attr("content").strip())
                .filter(content -> !content.isEmpty())
                .findFirst();
    }

    /** The link elements whose {@code rel} is exactly that, whose case does not matter. */
    List<Element> links(String relation) {
        return elements("link").stream()
                .filter(link -> link.attr("rel").toLowerCase(Locale.ROOT).equals(relation))
                .toList();
    }

    /** White space as it is shown. */
    static String collapsed(String text) {
        StringBuilder kept = new StringBuilder(text.length());
        boolean space = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f') {
                space = true;
            } else {
                if (space && !kept.isEmpty()) {
                    kept.append(' ');
                }
                space = false;
                kept.append(c);
            }
        }
        return kept.toString();
    }

    /** Where that element begins, or -1 where it has no tag of its own. */
    int position(Element element) {
        Range range = element.sourceRange();
        return range.isTracked() && !range.isImplicit() ? range.startPos() : -1;
    }

    Evidence evidence(Element element, String text) {
        Range start = element.sourceRange();
        if (!start.isTracked() || start.isImplicit()) {
            return new Evidence("page", null, null, "<" + element.normalName() + ">", text);
        }
        Range end = element.endSourceRange();
        int last = end.isTracked() && !end.isImplicit() ? end.endPos() : start.endPos();
        return new Evidence(
                "page",
                start.start().lineNumber(),
                start.start().columnNumber(),
                source.substring(
                        Math.min(start.startPos(), source.length()),
                        Math.min(source.length(), Math.min(last, start.startPos() + 1000))),
                text);
    }

    Evidence evidence(SourceTag tag, String text) {
        int end = Math.min(source.length(), tag.position() + 300);
        int close = source.indexOf('>', tag.position());
        return new Evidence(
                "page",
                tag.line(),
                tag.column(),
                source.substring(tag.position(), close < 0 || close >= end ? end : close + 1),
                text);
    }
}
