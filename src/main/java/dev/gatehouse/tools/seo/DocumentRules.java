package dev.gatehouse.tools.seo;

import static dev.gatehouse.tools.seo.Area.DOCUMENT;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jsoup.nodes.DocumentType;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.parser.Parser;

/** The form of a page: type, encoding, head, size. */
final class DocumentRules {

    private static final String METADATA =
            "https://developers.google.com/search/docs/crawling-indexing/valid-page-metadata";

    private static final String GOOGLEBOT =
            "https://developers.google.com/search/docs/crawling-indexing/googlebot";

    private static final String HTML = "https://html.spec.whatwg.org/multipage/";

    /** Googlebot reads no more of a page, in bytes. */
    static final long LARGEST = 2_000_000;

    /** Smaller responses fit into a packet or two; Lighthouse ignores what saves less, in bytes. */
    private static final long WORTH_COMPRESSING = 1_400;

    private static final Pattern CHARSET =
            Pattern.compile("charset\\s*+=\\s*+[\"']?([^\\s\"';]++)", Pattern.CASE_INSENSITIVE);

    static final List<Rule> RULES =
            List.of(
                    Rule.ofResponse(
                            "content-type",
                            DOCUMENT,
                            0.5,
                            "The response says that it is HTML",
                            "Send Content-Type: text/html; charset=utf-8.",
                            "https://www.rfc-editor.org/rfc/rfc9110.html#section-8.3",
                            DocumentRules::contentType),
                    Rule.ofHtml(
                            "charset",
                            DOCUMENT,
                            0.5,
                            "The page is UTF-8 and says so early",
                            "Write UTF-8, and <meta charset=\"utf-8\"> within the first 1024"
                                    + " bytes or in Content-Type.",
                            HTML + "semantics.html#charset",
                            DocumentRules::charset),
                    Rule.ofHtml(
                            "doctype",
                            DOCUMENT,
                            0.25,
                            "The page begins with the doctype of HTML",
                            "Begin with <!doctype html>.",
                            HTML + "syntax.html#the-doctype",
                            DocumentRules::doctype),
                    Rule.ofHtml(
                            "viewport",
                            DOCUMENT,
                            0.5,
                            "The page fits the width of phones",
                            "Add <meta name=\"viewport\" content=\"width=device-width,"
                                    + " initial-scale=1\">.",
                            "https://developers.google.com/search/docs/crawling-indexing/mobile/"
                                    + "mobile-sites-mobile-first-indexing",
                            DocumentRules::viewport),
                    Rule.ofHtml(
                            "single-head",
                            DOCUMENT,
                            0.5,
                            "There is one html, one head and one body",
                            "Merge them; parsers drop what a second head or body says.",
                            HTML + "semantics.html#the-head-element",
                            DocumentRules::singleHead),
                    Rule.ofHtml(
                            "metadata-in-head",
                            DOCUMENT,
                            1,
                            "Title, description, robots, canonical and alternates are in the head",
                            "Move them into the head, before any element that may not stand"
                                    + " there: that element ends the head.",
                            METADATA,
                            DocumentRules::metadataInHead),
                    Rule.ofHtml(
                            "base-element",
                            DOCUMENT,
                            0.5,
                            "There is one base element, first in the head",
                            "Put the base element into the head before all URLs, once.",
                            HTML + "semantics.html#the-base-element",
                            DocumentRules::base),
                    Rule.ofResponse(
                            "page-size",
                            DOCUMENT,
                            0.5,
                            "The page has at most 2 MB",
                            "Move data, styles and images out of the page; Googlebot reads 2 MB"
                                    + " of it.",
                            GOOGLEBOT,
                            DocumentRules::size),
                    Rule.ofResponse(
                            "compression",
                            DOCUMENT,
                            0.25,
                            "The response is compressed",
                            "Compress HTML with gzip, br or zstd.",
                            "https://www.rfc-editor.org/rfc/rfc9110.html#section-8.4",
                            DocumentRules::compression));

    private static final Set<String> METADATA_NAMES =
            Set.of("description", "robots", "googlebot", "viewport", "google-site-verification");

    private DocumentRules() {}

    private static Result contentType(PageFacts page) {
        List<String> types = page.response().values("Content-Type");
        if (types.size() != 1) {
            return Result.fail(
                    types.isEmpty() ? "There is no Content-Type." : "There are several.",
                    types.stream()
                            .map(type -> Evidence.inHeader("Content-Type", type, ""))
                            .toList());
        }
        Evidence evidence = Evidence.inHeader("Content-Type", types.getFirst(), "");
        return page.isHtml()
                ? Result.pass("", List.of(evidence))
                : Result.fail("The response is no HTML.", evidence);
    }

    private static Result charset(PageFacts page) {
        List<Evidence> problems = new ArrayList<>();
        String type = page.response().header("Content-Type").orElse("");
        Optional<String> inHeader = label(type);
        inHeader.filter(label -> !isUtf8(label))
                .ifPresent(
                        label ->
                                problems.add(
                                        Evidence.inHeader(
                                                "Content-Type", type, label + " is not UTF-8")));
        Optional<String> inMeta = Optional.empty();
        for (Element meta : page.html().elements("meta")) {
            Optional<String> label =
                    meta.hasAttr("charset")
                            ? Optional.of(meta.attr("charset").strip())
                            : meta.attr("http-equiv").strip().equalsIgnoreCase("content-type")
                                    ? label(meta.attr("content"))
                                    : Optional.empty();
            if (label.isPresent()) {
                String problem =
                        !isUtf8(label.get())
                                ? label.get() + " is not UTF-8"
                                : inMeta.isPresent()
                                        ? "is stated twice"
                                        : page.html().position(meta) > 1024 && inHeader.isEmpty()
                                                ? "stands after the first 1024 bytes"
                                                : "";
                if (!problem.isEmpty()) {
                    problems.add(page.html().evidence(meta, problem));
                }
                inMeta = inMeta.or(() -> label);
            }
        }
        String source = page.html().source();
        int broken = source.indexOf('\ufffd');
        if (broken >= 0) {
            problems.add(broken(source, broken));
        }
        if (inHeader.isEmpty() && inMeta.isEmpty() && !page.html().hasMark()) {
            return problems.isEmpty()
                    ? Result.fail("The encoding is not stated.")
                    : Result.fail("The encoding is not stated.", problems);
        }
        return Result.failIfAny(problems, "The encoding is not safe.", "");
    }

    private static Evidence broken(String source, int at) {
        int line = 1;
        int start = 0;
        for (int i = source.indexOf('\n'); i >= 0 && i < at; i = source.indexOf('\n', i + 1)) {
            line++;
            start = i + 1;
        }
        return new Evidence(
                "page",
                line,
                at - start + 1,
                source.substring(Math.max(start, at - 60), Math.min(source.length(), at + 60)),
                "bytes that the encoding does not have");
    }

    private static Optional<String> label(String type) {
        Matcher matcher = CHARSET.matcher(type);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    private static boolean isUtf8(String label) {
        return label.equalsIgnoreCase("utf-8") || label.equalsIgnoreCase("utf8");
    }

    private static Result doctype(PageFacts page) {
        for (Node node : page.html().document().childNodes()) {
            if (node instanceof DocumentType type) {
                return type.name().equalsIgnoreCase("html") && type.publicId().isEmpty()
                        ? Result.pass("")
                        : Result.fail(
                                "The doctype is one of an older HTML.",
                                first(page, "!doctype").stream().toList());
            }
        }
        return Result.fail("There is no doctype: browsers show the page in quirks mode.");
    }

    private static Optional<Evidence> first(PageFacts page, String name) {
        return page.html().structure().stream()
                .filter(tag -> tag.name().equals(name))
                .findFirst()
                .map(tag -> page.html().evidence(tag, ""));
    }

    private static Result viewport(PageFacts page) {
        List<Element> viewports = page.html().headMetas("viewport");
        if (viewports.isEmpty()) {
            return Result.fail("There is no viewport in the head.");
        }
        Element viewport = viewports.getFirst();
        String content = viewport.attr("content").replaceAll("\\s++", "").toLowerCase(Locale.ROOT);
        Evidence evidence = page.html().evidence(viewport, "");
        if (!content.contains("width=device-width") && !content.contains("initial-scale=")) {
            return Result.fail("It does not follow the width of the device.", evidence);
        }
        boolean fixed =
                Stream.of("user-scalable=no", "user-scalable=0", "maximum-scale=1,")
                        .anyMatch((content + ",")::contains);
        return fixed
                ? Result.fail("It keeps readers from zooming.", evidence)
                : Result.pass("", List.of(evidence));
    }

    private static Result singleHead(PageFacts page) {
        List<Evidence> second = new ArrayList<>();
        for (String name : List.of("!doctype", "html", "head", "body")) {
            page.html().structure().stream()
                    .filter(tag -> tag.name().equals(name) && !tag.isEnd())
                    .skip(1)
                    .forEach(tag -> second.add(page.html().evidence(tag, "a second " + name)));
        }
        return Result.failIfAny(second, "Parsers drop the second one.", "");
    }

    private static Result metadataInHead(PageFacts page) {
        List<Evidence> outside = new ArrayList<>();
        int count = 0;
        for (Element element : page.html().elements()) {
            if (isMetadata(element)) {
                count++;
                if (!page.html().inHead(element)) {
                    outside.add(page.html().evidence(element, "in the body"));
                }
            }
        }
        if (count == 0) {
            return Result.notApplicable("The page has no such metadata.");
        }
        if (!outside.isEmpty()) {
            endOfHead(page).ifPresent(outside::addFirst);
        }
        return Result.failIfAny(outside, "Crawlers ignore metadata in the body.", "");
    }

    private static boolean isMetadata(Element element) {
        return switch (element.normalName()) {
            case "title" -> !element.tag().namespace().equals(Parser.NamespaceSvg);
            case "meta" ->
                    METADATA_NAMES.contains(element.attr("name").strip().toLowerCase(Locale.ROOT));
            case "link" -> {
                String rel = element.attr("rel").strip().toLowerCase(Locale.ROOT);
                yield rel.equals("canonical")
                        || (rel.equals("alternate") && element.hasAttr("hreflang"));
            }
            default -> false;
        };
    }

    /** The element that ended the head before its end tag. */
    private static Optional<Evidence> endOfHead(PageFacts page) {
        int end =
                page.html().structure().stream()
                        .filter(
                                tag ->
                                        tag.name().equals("body")
                                                || (tag.name().equals("head") && tag.isEnd()))
                        .mapToInt(SourceTag::position)
                        .findFirst()
                        .orElse(0);
        return page.html().document().body().children().stream()
                .findFirst()
                .filter(element -> page.html().position(element) >= 0)
                .filter(element -> page.html().position(element) < end)
                .map(element -> page.html().evidence(element, "this ends the head"));
    }

    private static Result base(PageFacts page) {
        List<Element> bases = page.html().elements("base");
        if (bases.isEmpty()) {
            return Result.notApplicable("There is no base element.");
        }
        List<Evidence> problems = new ArrayList<>();
        for (Element base : bases) {
            if (!page.html().inHead(base)) {
                problems.add(page.html().evidence(base, "in the body"));
            } else if (!base.equals(bases.getFirst())) {
                problems.add(page.html().evidence(base, "a second one, which is ignored"));
            }
        }
        int first = page.html().position(bases.getFirst());
        Stream.of("link", "script", "style")
                .flatMap(name -> page.html().elements(name).stream())
                .filter(element -> element.hasAttr("href") || element.hasAttr("src"))
                .filter(element -> page.html().position(element) >= 0)
                .filter(element -> page.html().position(element) < first)
                .limit(1)
                .forEach(
                        element ->
                                problems.add(
                                        page.html().evidence(element, "stands before the base")));
        return Result.failIfAny(problems, "Crawlers may resolve URLs in different ways.", "");
    }

    private static Result size(PageFacts page) {
        long size = page.response().size();
        String text = "It has " + size / 1000 + " kB";
        if (page.response().truncated()) {
            return Result.fail(
                    text + " or more; the audit read no further.",
                    Evidence.ofUrl(page.url().toString(), ""));
        }
        return size > LARGEST
                ? Result.fail(text + ".", Evidence.ofUrl(page.url().toString(), ""))
                : Result.pass(text + ".");
    }

    private static Result compression(PageFacts page) {
        String coding =
                String.join(", ", page.response().values("Content-Encoding"))
                        .toLowerCase(Locale.ROOT);
        if (page.response().size() < WORTH_COMPRESSING) {
            return Result.notApplicable("The response is small.");
        }
        boolean text = page.isHtml() || page.response().mediaType().startsWith("text/");
        if (!text) {
            return Result.notApplicable("The response is no text.");
        }
        return Stream.of("gzip", "br", "zstd", "deflate").anyMatch(coding::contains)
                ? Result.pass(
                        page.response().transferred()
                                + " bytes were sent for "
                                + page.response().size()
                                + ".")
                : Result.fail(page.response().size() + " bytes were sent as they are.");
    }
}
