package dev.gatehouse.tools.html;

import dev.gatehouse.tools.html.HtmlDocument.Position;
import dev.gatehouse.tools.html.Reference.Kind;
import dev.gatehouse.tools.outbound.HttpUrl;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.parser.Parser;
import org.jsoup.select.NodeFilter;
import org.jsoup.select.NodeTraversor;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;

/** Finds the references of a page, outside of templates, whose content browsers do not load. */
final class PageReferences {

    /** A longer URL than this is no link: servers refuse it. */
    private static final int LONGEST_URL = 8_192;

    private static final int LONGEST_WRITTEN = 2_048;
    private static final int LONGEST_TEXT = 120;

    /** Relations whose target is an identifier, a host or an endpoint for POST: not to be read. */
    private static final Set<String> NO_LINKS =
            Set.of(
                    "preconnect",
                    "dns-prefetch",
                    "pingback",
                    "webmention",
                    "micropub",
                    "authorization_endpoint",
                    "token_endpoint",
                    "profile");

    private static final Set<String> PRELOADS =
            Set.of("preload", "modulepreload", "prefetch", "manifest");

    private static final Set<String> SOCIAL =
            Set.of(
                    "og:url",
                    "og:image",
                    "og:image:url",
                    "og:image:secure_url",
                    "og:video",
                    "og:video:url",
                    "og:video:secure_url",
                    "og:audio",
                    "og:audio:url",
                    "og:audio:secure_url",
                    "og:see_also",
                    "twitter:url",
                    "twitter:image",
                    "twitter:image:src",
                    "twitter:player",
                    "twitter:player:stream");

    /** Properties of JSON-LD that identify and are not to be followed. */
    private static final Set<String> IDENTIFIERS =
            Set.of("@id", "@context", "@type", "@vocab", "@base", "identifier", "additionalType");

    /** Properties of schema.org with a URL, which may be relative. */
    private static final Set<String> URL_PROPERTIES =
            Set.of("url", "image", "logo", "contentUrl", "thumbnailUrl", "embedUrl", "sameAs");

    private final HttpUrl base;
    private final Consumer<Reference> found;

    PageReferences(HttpUrl base, Consumer<Reference> found) {
        this.base = base;
        this.found = found;
    }

    void read(Document document) {
        NodeTraversor.filter(this::visit, document);
    }

    private NodeFilter.FilterResult visit(Node node, int depth) {
        if (!(node instanceof Element element)) {
            return NodeFilter.FilterResult.CONTINUE;
        }
        if (element.nameIs("template")) {
            return NodeFilter.FilterResult.SKIP_CHILDREN;
        }
        if (element.attributesSize() > 0) {
            attributes(element);
        }
        if (element.nameIs("style")) {
            styleSheet(source(element), contentPosition(element));
        }
        return NodeFilter.FilterResult.CONTINUE;
    }

    private void attributes(Element element) {
        switch (element.normalName()) {
            case "a" -> {
                add(Kind.NAVIGATION, element, "href");
                add(Kind.NAVIGATION, element, "xlink:href");
            }
            case "area" -> add(Kind.NAVIGATION, element, "href");
            case "link" -> link(element);
            case "img" -> {
                add(Kind.IMAGE, element, "src");
                srcSet(element, "srcset");
            }
            case "image", "use", "feimage" -> {
                add(Kind.IMAGE, element, "href");
                add(Kind.IMAGE, element, "xlink:href");
            }
            case "source" -> {
                add(Kind.MEDIA, element, "src");
                srcSet(element, "srcset");
            }
            case "script" -> script(element);
            case "iframe" -> frame(element);
            case "frame" -> add(Kind.FRAME, element, "src");
            case "video" -> {
                add(Kind.MEDIA, element, "src");
                add(Kind.IMAGE, element, "poster");
            }
            case "audio", "track" -> add(Kind.MEDIA, element, "src");
            case "form" -> add(formKind(element.attr("method")), element, "action");
            case "button", "input" -> {
                add(formKind(formMethod(element)), element, "formaction");
                add(Kind.IMAGE, element, "src");
            }
            case "object" -> add(Kind.OBJECT, element, "data");
            case "embed" -> add(Kind.OBJECT, element, "src");
            case "blockquote", "q", "del", "ins" -> add(Kind.DOCUMENT, element, "cite");
            case "body", "table", "tr", "td", "th" -> add(Kind.IMAGE, element, "background");
            case "meta" -> meta(element);
            default -> {
                // only a style attribute, perhaps
            }
        }
        if (element.hasAttr("style")) {
            CssReferences.forEach(
                    element.attr("style"),
                    reference -> add(kind(reference.kind()), element, "style", reference.url()));
        }
    }

    private static Kind formKind(String method) {
        return method.strip().equalsIgnoreCase("post") ? Kind.FORM_POST : Kind.FORM;
    }

    private static String formMethod(Element button) {
        Element form = button.closest("form");
        return button.hasAttr("formmethod") || form == null
                ? button.attr("formmethod")
                : form.attr("method");
    }

    private void link(Element element) {
        Set<String> relations =
                Arrays.stream(element.attr("rel").strip().split("\\s+", -1))
                        .map(relation -> relation.toLowerCase(Locale.ROOT))
                        .collect(Collectors.toSet());
        srcSet(element, "imagesrcset");
        if (relations.contains("stylesheet")) {
            add(Kind.STYLESHEET, element, "href");
        } else if (relations.contains("canonical")) {
            add(Kind.CANONICAL, element, "href");
        } else if (relations.contains("alternate")) {
            add(Kind.ALTERNATE, element, "href");
        } else if (relations.stream().anyMatch(relation -> relation.endsWith("icon"))) {
            add(Kind.IMAGE, element, "href");
        } else if (relations.stream().anyMatch(PRELOADS::contains)) {
            add(Kind.PRELOAD, element, "href");
        } else if (relations.stream().noneMatch(NO_LINKS::contains)) {
            add(Kind.DOCUMENT, element, "href");
        }
    }

    private void script(Element element) {
        add(Kind.SCRIPT, element, "src");
        add(Kind.SCRIPT, element, "xlink:href");
        String type = HtmlDocument.essence(element.attr("type"));
        if (type.equals("application/ld+json")) {
            structuredData(source(element), contentPosition(element));
        }
    }

    /** The content of {@code srcdoc} has the base URL of the page. */
    private void frame(Element element) {
        if (!element.hasAttr("srcdoc")) {
            add(Kind.FRAME, element, "src");
            return;
        }
        Position at = HtmlDocument.position(element);
        Document inner = Jsoup.parse(element.attr("srcdoc"), "", Parser.htmlParser());
        inner.select("iframe[srcdoc]").remove();
        new PageReferences(base, reference -> found.accept(at(reference, at))).read(inner);
    }

    private static Reference at(Reference reference, Position at) {
        return new Reference(
                reference.kind(),
                reference.written(),
                reference.target(),
                at.line(),
                at.column(),
                reference.element(),
                reference.attribute(),
                reference.text());
    }

    private void meta(Element element) {
        String content = element.attr("content");
        if (element.attr("http-equiv").strip().equalsIgnoreCase("refresh")) {
            MetaRefresh.url(content).ifPresent(url -> add(Kind.REFRESH, element, "content", url));
            return;
        }
        String name = element.hasAttr("property") ? element.attr("property") : element.attr("name");
        if (SOCIAL.contains(name.strip().toLowerCase(Locale.ROOT)) && !content.isBlank()) {
            add(Kind.SOCIAL, element, "content", content);
        }
    }

    private void srcSet(Element element, String attribute) {
        if (element.hasAttr(attribute)) {
            SrcSet.urls(element.attr(attribute))
                    .forEach(url -> add(Kind.IMAGE_SET, element, attribute, url));
        }
    }

    private void add(Kind kind, Element element, String attribute) {
        if (!element.hasAttr(attribute)) {
            return;
        }
        String written = element.attr(attribute);
        boolean mayBeEmpty =
                kind == Kind.NAVIGATION; // the page itself; elsewhere nothing is loaded
        if (mayBeEmpty || !written.isBlank()) {
            add(kind, element, attribute, written);
        }
    }

    private void add(Kind kind, Element element, String attribute, String written) {
        Position at = HtmlDocument.position(element);
        add(kind, written, at, element.normalName(), attribute, text(element));
    }

    private void add(
            Kind kind, String written, Position at, String element, String attribute, String text) {
        String url = written.strip();
        boolean part = kind != Kind.NAVIGATION && url.startsWith("#"); // a part of this page
        if (part || isInline(url)) {
            return;
        }
        found.accept(
                new Reference(
                        kind,
                        url.substring(0, Math.min(url.length(), LONGEST_WRITTEN)),
                        url.length() > LONGEST_URL ? new HttpUrl.Invalid() : base.resolve(url),
                        at.line(),
                        at.column(),
                        element,
                        attribute,
                        text));
    }

    /** Content in place of a reference. */
    private static boolean isInline(String url) {
        return url.regionMatches(true, 0, "data:", 0, 5)
                || url.regionMatches(true, 0, "about:", 0, 6)
                || url.regionMatches(true, 0, "blob:", 0, 5);
    }

    /** Passes on what a style sheet refers to; one in a page begins at that position. */
    void styleSheet(String css, Position start) {
        CssReferences.forEach(
                css,
                reference ->
                        add(
                                kind(reference.kind()),
                                reference.url(),
                                position(start, reference.line(), reference.column()),
                                "style",
                                reference.kind() == CssReferences.Kind.IMPORT ? "@import" : "url()",
                                ""));
    }

    private static Kind kind(CssReferences.Kind kind) {
        return switch (kind) {
            case IMPORT -> Kind.STYLESHEET;
            case FONT -> Kind.FONT;
            case IMAGE -> Kind.IMAGE;
        };
    }

    private static Position position(Position start, int line, int column) {
        return new Position(
                start.line() + line - 1, line == 1 ? start.column() + column - 1 : column);
    }

    /** What stands between the tags of a script or style sheet. */
    private static String source(Element element) {
        return element.childNodeSize() == 0
                ? ""
                : element.data().isEmpty() ? element.wholeText() : element.data();
    }

    private static Position contentPosition(Element element) {
        if (element.childNodeSize() == 0 || !element.childNode(0).sourceRange().isTracked()) {
            return HtmlDocument.position(element);
        }
        var start = element.childNode(0).sourceRange().start();
        return new Position(start.lineNumber(), start.columnNumber());
    }

    /** The URLs of JSON-LD, up to its first error. */
    private void structuredData(String json, Position start) {
        try (JsonParser parser = new JsonFactory().createParser(ObjectReadContext.empty(), json)) {
            Deque<String> properties = new ArrayDeque<>();
            String property = "";
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                switch (token) {
                    case START_OBJECT, START_ARRAY -> properties.push(property);
                    case END_OBJECT, END_ARRAY -> property = properties.pop();
                    case PROPERTY_NAME -> property = parser.currentName();
                    case VALUE_STRING -> {
                        String value = parser.getString();
                        if (isUrl(property, value)) {
                            TokenStreamLocation at = parser.currentTokenLocation();
                            add(
                                    Kind.STRUCTURED_DATA,
                                    value,
                                    position(start, at.getLineNr(), at.getColumnNr()),
                                    "script",
                                    property,
                                    "");
                        }
                    }
                    default -> {
                        // numbers and literals
                    }
                }
            }
        } catch (JacksonException _) {
            // the SEO audit says what is wrong with it
        }
    }

    private static boolean isUrl(String property, String value) {
        if (IDENTIFIERS.contains(property) || value.contains("{") || value.isBlank()) {
            return false;
        }
        boolean absolute = value.startsWith("http://") || value.startsWith("https://");
        boolean vocabulary =
                absolute && value.matches("https?://(schema\\.org|purl\\.org|www\\.w3\\.org)/.*");
        return absolute
                ? !vocabulary && value.chars().noneMatch(Character::isWhitespace)
                : URL_PROPERTIES.contains(property) && value.startsWith("/");
    }

    /** What a reader sees of the element: its text, else a text in place of its image. */
    private static String text(Element element) {
        return switch (element.normalName()) {
            case "a", "button" -> linkText(element);
            case "img", "area", "input" -> shortened(element.attr("alt"));
            case "iframe", "object" -> shortened(element.attr("title"));
            case "link" -> shortened(element.attr("rel"));
            case "meta" ->
                    shortened(
                            element.hasAttr("property")
                                    ? element.attr("property")
                                    : element.attr("name"));
            default -> "";
        };
    }

    /** Reads no further than the text is kept, so that the cost does not depend on the page. */
    private static String linkText(Element element) {
        StringBuilder text = new StringBuilder();
        NodeTraversor.filter(
                (node, depth) -> {
                    if (node instanceof TextNode words) {
                        String all = words.getWholeText();
                        text.append(all, 0, Math.min(all.length(), 4 * LONGEST_TEXT)).append(' ');
                    } else if (node instanceof Element inner && inner.nameIs("img")) {
                        text.append(shortened(inner.attr("alt"))).append(' ');
                    }
                    return text.length() > 4 * LONGEST_TEXT
                            ? NodeFilter.FilterResult.STOP
                            : NodeFilter.FilterResult.CONTINUE;
                },
                element);
        String shown = shortened(text.toString());
        return shown.isEmpty() ? shortened(element.attr("aria-label")) : shown;
    }

    private static String shortened(String text) {
        List<String> words =
                Arrays.stream(
                                text.substring(0, Math.min(text.length(), 4 * LONGEST_TEXT))
                                        .strip()
                                        .split("\\s+"))
                        .toList();
        String joined = String.join(" ", words);
        return joined.substring(0, Math.min(joined.length(), LONGEST_TEXT));
    }
}
