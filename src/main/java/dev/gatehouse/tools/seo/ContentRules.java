package dev.gatehouse.tools.seo;

import static dev.gatehouse.tools.seo.Area.CONTENT;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeFilter;
import org.jsoup.select.NodeTraversor;

/** Title, description, headings, images and text. */
final class ContentRules {

    private static final String TITLE =
            "https://developers.google.com/search/docs/appearance/title-link";

    private static final String SNIPPET =
            "https://developers.google.com/search/docs/appearance/snippet";

    private static final String HEADINGS =
            "https://html.spec.whatwg.org/multipage/sections.html#headings-and-outlines";

    /** What results have room for, in characters: about 600 and 960 pixels. */
    static final int TITLE_LEAST = 10;

    static final int TITLE_MOST = 70;
    static final int DESCRIPTION_LEAST = 50;
    static final int DESCRIPTION_MOST = 170;
    private static final int WORDS_LEAST = 20;

    static final List<Rule> RULES =
            List.of(
                    Rule.ofHtml(
                            "document-title",
                            CONTENT,
                            1,
                            "The page has a title",
                            "Give the head a title element that says what the page is.",
                            TITLE,
                            ContentRules::documentTitle),
                    Rule.ofHtml(
                            "meta-description",
                            CONTENT,
                            1,
                            "The page has a description",
                            "Add <meta name=\"description\"> with a sentence or two about the"
                                    + " page.",
                            SNIPPET,
                            ContentRules::metaDescription),
                    Rule.ofHtml(
                            "title-length",
                            CONTENT,
                            0.5,
                            "The title has 10 to 70 characters",
                            "Say what the page is in a few words, the most telling first; longer"
                                    + " titles are cut.",
                            TITLE,
                            ContentRules::titleLength),
                    Rule.ofHtml(
                            "title-single",
                            CONTENT,
                            0.25,
                            "There is one title",
                            "Keep the title element in the head and remove the others.",
                            "https://html.spec.whatwg.org/multipage/semantics.html#the-title-element",
                            ContentRules::titleSingle),
                    Rule.ofHtml(
                            "description-length",
                            CONTENT,
                            0.25,
                            "The description has 50 to 170 characters",
                            "Write one or two sentences; search results cut what is longer.",
                            SNIPPET,
                            ContentRules::descriptionLength),
                    Rule.ofHtml(
                            "description-single",
                            CONTENT,
                            0.25,
                            "There is one description",
                            "Keep one of them.",
                            SNIPPET,
                            ContentRules::descriptionSingle),
                    Rule.ofHtml(
                            "single-h1",
                            CONTENT,
                            0.5,
                            "There is one h1 with text",
                            "Make the page's heading its only h1.",
                            HEADINGS,
                            ContentRules::singleH1),
                    Rule.ofHtml(
                            "heading-order",
                            CONTENT,
                            0.25,
                            "No heading skips a level",
                            "Use h2 below h1, h3 below h2, and styles for the size.",
                            HEADINGS,
                            ContentRules::headingOrder),
                    Rule.ofHtml(
                            "image-alt",
                            CONTENT,
                            1,
                            "Images have alternative texts",
                            "Give each image an alt that says what it shows, and an empty one"
                                    + " where it only decorates.",
                            "https://developers.google.com/search/docs/appearance/google-images",
                            ContentRules::imageAlt),
                    Rule.ofHtml(
                            "content-without-script",
                            CONTENT,
                            0.5,
                            "The HTML has text before scripts run",
                            "Render the content on the server; crawlers of AI operators run no"
                                    + " scripts, and Google runs them later.",
                            "https://developers.google.com/search/docs/crawling-indexing/"
                                    + "javascript/javascript-seo-basics",
                            ContentRules::contentWithoutScript));

    /** Roles of ARIA that need no name. */
    private static final Set<String> NAMELESS_ROLES =
            Set.of(
                    "alert",
                    "article",
                    "banner",
                    "blockquote",
                    "caption",
                    "code",
                    "complementary",
                    "contentinfo",
                    "definition",
                    "deletion",
                    "document",
                    "emphasis",
                    "feed",
                    "figure",
                    "generic",
                    "group",
                    "insertion",
                    "landmark",
                    "list",
                    "listitem",
                    "log",
                    "main",
                    "mark",
                    "marquee",
                    "math",
                    "menu",
                    "navigation",
                    "note",
                    "paragraph",
                    "region",
                    "row",
                    "rowgroup",
                    "search",
                    "section",
                    "separator",
                    "status",
                    "strong",
                    "subscript",
                    "superscript",
                    "table",
                    "term",
                    "text",
                    "time",
                    "timer",
                    "toolbar");

    private ContentRules() {}

    private static Result documentTitle(PageFacts page) {
        List<Element> titles = page.html().elements("title");
        if (page.html().title().isEmpty()) {
            return titles.isEmpty()
                    ? Result.fail("There is no title.")
                    : Result.fail(
                            "The title is empty.", page.html().evidence(titles.getFirst(), ""));
        }
        return Result.pass("", List.of(page.html().evidence(titles.getFirst(), "")));
    }

    private static Result metaDescription(PageFacts page) {
        List<Element> descriptions = page.html().headMetas("description");
        if (descriptions.isEmpty()) {
            return Result.fail("There is no description in the head.");
        }
        Evidence first = page.html().evidence(descriptions.getFirst(), "");
        return descriptions.getFirst().attr("content").isBlank()
                ? Result.fail("The description is empty.", first)
                : Result.pass("", List.of(first));
    }

    private static Result titleLength(PageFacts page) {
        String title = page.html().title();
        if (title.isEmpty()) {
            return Result.notApplicable("There is no title.");
        }
        return length(
                title,
                page.html().evidence(page.html().elements("title").getFirst(), ""),
                TITLE_LEAST,
                TITLE_MOST);
    }

    private static Result descriptionLength(PageFacts page) {
        String description = page.html().description().orElse("");
        if (description.isEmpty()) {
            return Result.notApplicable("There is no description.");
        }
        return length(
                description,
                page.html().evidence(page.html().headMetas("description").getFirst(), ""),
                DESCRIPTION_LEAST,
                DESCRIPTION_MOST);
    }

    /** A character of Chinese, Japanese or Korean takes the room of two. */
    private static Result length(String text, Evidence evidence, int least, int most) {
        int length = text.codePoints().map(c -> isWide(c) ? 2 : 1).sum();
        String found = "It has " + length + " characters.";
        return length < least || length > most
                ? Result.fail(found, evidence)
                : Result.pass(found, List.of(evidence));
    }

    private static boolean isWide(int c) {
        return (c >= 0x1100 && c <= 0x115f)
                || (c >= 0x2e80 && c <= 0xa4cf)
                || (c >= 0xac00 && c <= 0xd7a3)
                || (c >= 0xf900 && c <= 0xfaff)
                || (c >= 0xff00 && c <= 0xff60)
                || (c >= 0x20000 && c <= 0x3fffd);
    }

    private static Result titleSingle(PageFacts page) {
        return single(page, page.html().elements("title"), "titles");
    }

    private static Result descriptionSingle(PageFacts page) {
        return single(page, page.html().headMetas("description"), "descriptions");
    }

    private static Result single(PageFacts page, List<Element> elements, String what) {
        if (elements.isEmpty()) {
            return Result.notApplicable("There is none.");
        }
        return elements.size() == 1
                ? Result.pass("")
                : Result.fail(
                        "There are " + elements.size() + " " + what + ".", all(page, elements));
    }

    private static List<Evidence> all(PageFacts page, List<Element> elements) {
        return elements.stream().map(element -> page.html().evidence(element, "")).toList();
    }

    private static Result singleH1(PageFacts page) {
        List<Element> headings = page.html().elements("h1");
        List<Element> named = headings.stream().filter(ContentRules::hasText).toList();
        if (named.size() == 1 && headings.size() == 1) {
            return Result.pass("", all(page, headings));
        }
        return headings.isEmpty()
                ? Result.fail("There is no h1.")
                : Result.fail(
                        "There are " + headings.size() + " h1, " + named.size() + " with text.",
                        all(page, headings));
    }

    private static boolean hasText(Element heading) {
        return heading.hasText()
                || heading.select("img[alt]").eachAttr("alt").stream()
                        .anyMatch(alt -> !alt.isBlank());
    }

    private static Result headingOrder(PageFacts page) {
        List<Evidence> skips = new ArrayList<>();
        int before = 0;
        int count = 0;
        for (Element element : page.html().elements()) {
            String name = element.normalName();
            boolean heading =
                    name.length() == 2 && name.charAt(0) == 'h' && isLevel(name.charAt(1));
            if (heading && !isHidden(element)) {
                int level = name.charAt(1) - '0';
                if (before > 0 && level > before + 1) {
                    skips.add(page.html().evidence(element, name + " follows h" + before));
                }
                before = level;
                count++;
            }
        }
        return count == 0
                ? Result.notApplicable("There are no headings.")
                : Result.failIfAny(skips, skips.size() + " headings skip a level.", "");
    }

    private static boolean isLevel(char c) {
        return c >= '1' && c <= '6';
    }

    private static Result imageAlt(PageFacts page) {
        List<Evidence> nameless = new ArrayList<>();
        int count = 0;
        Set<Node> hidden = new HashSet<>();
        for (Element image : page.html().elements("img")) {
            if (needsName(image) && !isHidden(image, hidden)) {
                count++;
                boolean presentational = isPresentational(image);
                boolean blankAlt = !image.attr("alt").isEmpty() && image.attr("alt").isBlank();
                boolean named =
                        image.hasAttr("alt")
                                || presentational
                                || Stream.of("aria-label", "title")
                                        .anyMatch(name -> !image.attr(name).isBlank())
                                || labelled(page, image);
                if (!named || (blankAlt && !presentational)) {
                    nameless.add(
                            page.html().evidence(image, blankAlt ? "alt is only white space" : ""));
                }
            }
        }
        return count == 0
                ? Result.notApplicable("There are no images.")
                : Result.failIfAny(
                        nameless, nameless.size() + " of " + count + " images have none.", "");
    }

    private static boolean needsName(Element image) {
        String role = image.attr("role").strip().toLowerCase(Locale.ROOT);
        return !NAMELESS_ROLES.contains(role) || image.hasAttr("tabindex");
    }

    /** An image without a role of its own whose alt is empty, or one that says so. */
    private static boolean isPresentational(Element image) {
        String role = image.attr("role").strip().toLowerCase(Locale.ROOT);
        boolean emptyAlt = image.hasAttr("alt") && image.attr("alt").isEmpty();
        return !image.hasAttr("tabindex")
                && !image.hasAttr("aria-label")
                && !image.hasAttr("aria-labelledby")
                && (role.equals("none") || role.equals("presentation") || emptyAlt);
    }

    private static boolean labelled(PageFacts page, Element image) {
        return Stream.of(image.attr("aria-labelledby").strip().split("\\s+"))
                .filter(id -> !id.isEmpty())
                .map(id -> page.html().document().getElementById(id))
                .anyMatch(element -> element != null && element.hasText());
    }

    /** Whether assistive technology is told to skip it; styles of other files are not known. */
    private static boolean isHidden(Element element) {
        return isHidden(element, new HashSet<>());
    }

    private static boolean isHidden(Element element, Set<Node> known) {
        for (Element e = element; e != null; e = e.parent()) {
            if (known.contains(e) || hides(e)) {
                known.add(e);
                return true;
            }
        }
        return false;
    }

    static boolean hides(Element element) {
        if (element.hasAttr("hidden") || element.attr("aria-hidden").equalsIgnoreCase("true")) {
            return true;
        }
        if (!element.hasAttr("style")) {
            return false;
        }
        String style = element.attr("style").replaceAll("\\s++", "").toLowerCase(Locale.ROOT);
        return style.contains("display:none") || style.contains("visibility:hidden");
    }

    private static Result contentWithoutScript(PageFacts page) {
        int[] words = {0};
        NodeTraversor.filter(
                (node, depth) -> {
                    if (node instanceof Element element && isNoText(element)) {
                        return NodeFilter.FilterResult.SKIP_CHILDREN;
                    }
                    if (node instanceof TextNode text) {
                        words[0] += words(text.getWholeText());
                    }
                    return words[0] >= WORDS_LEAST
                            ? NodeFilter.FilterResult.STOP
                            : NodeFilter.FilterResult.CONTINUE;
                },
                page.html().document().body());
        return words[0] >= WORDS_LEAST
                ? Result.pass("")
                : Result.fail(
                        "The body has " + words[0] + " words.",
                        page.html().evidence(page.html().document().body(), ""));
    }

    private static boolean isNoText(Element element) {
        return switch (element.normalName()) {
            case "script", "style", "noscript", "template", "svg" -> true;
            default -> false;
        };
    }

    /** Words, or characters of scripts that write without spaces. */
    private static int words(String text) {
        int words = 0;
        boolean inWord = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean letter = Character.isLetterOrDigit(c);
            if (letter && (!inWord || isWide(c))) {
                words++;
            }
            inWord = letter || (inWord && !Character.isWhitespace(c));
        }
        return words;
    }
}
