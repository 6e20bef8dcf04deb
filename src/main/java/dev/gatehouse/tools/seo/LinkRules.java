package dev.gatehouse.tools.seo;

import static dev.gatehouse.tools.seo.Area.LINKS;

import dev.gatehouse.tools.outbound.HttpUrl;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.parser.Parser;
import org.jsoup.select.NodeFilter;
import org.jsoup.select.NodeTraversor;
import org.jsoup.select.NodeVisitor;
import org.jspecify.annotations.Nullable;

/** Links as crawlers follow them. */
final class LinkRules {

    private static final String SOURCE =
            "https://developers.google.com/search/docs/crawling-indexing/links-crawlable";

    static final List<Rule> RULES =
            List.of(
                    Rule.ofHtml(
                            "link-text",
                            LINKS,
                            1,
                            "Links have descriptive texts",
                            "Say in the link what it leads to, instead of “here” or “more”.",
                            "https://developer.chrome.com/docs/lighthouse/seo/link-text/",
                            LinkRules::linkText),
                    Rule.ofHtml(
                            "crawlable-anchors",
                            LINKS,
                            1,
                            "Links can be followed",
                            "Give each link an href with a URL; use a button for what a script"
                                    + " does.",
                            SOURCE,
                            LinkRules::crawlableAnchors),
                    Rule.ofHtml(
                            "image-links",
                            LINKS,
                            0.25,
                            "Links that hold only an image have a text",
                            "Give the image an alt that says what the link leads to.",
                            SOURCE,
                            LinkRules::imageLinks),
                    Rule.ofHtml(
                            "internal-nofollow",
                            LINKS,
                            0.25,
                            "Links within the site are followed",
                            "Remove nofollow from links to pages that are meant for search.",
                            "https://developers.google.com/search/docs/crawling-indexing/"
                                    + "qualify-outbound-links",
                            LinkRules::internalNofollow));

    private static final Map<String, Set<String>> SAYING_NOTHING = load();

    /** These make no sense without href; an anchor without all of them is a placeholder. */
    private static final List<String> WITH_HREF_ONLY =
            List.of("target", "download", "ping", "rel", "hreflang", "type", "referrerpolicy");

    private static final Pattern VOID = Pattern.compile("javascript:void\\(?0\\)?");
    private static final Pattern SPACE = Pattern.compile("\\s");

    private LinkRules() {}

    private static Map<String, Set<String>> load() {
        try (InputStream in = LinkRules.class.getResourceAsStream("/seo/link-texts.txt")) {
            if (in == null) {
                throw new IllegalStateException("link-texts.txt is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split("\t"))
                    .collect(
                            Collectors.toUnmodifiableMap(
                                    fields -> fields[0],
                                    fields ->
                                            Arrays.stream(fields)
                                                    .skip(1)
                                                    .collect(Collectors.toUnmodifiableSet())));
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    private static List<Element> anchors(PageFacts page) {
        return Stream.concat(
                        page.html().elements("a").stream(), page.html().elements("svg:a").stream())
                .toList();
    }

    private static String href(Element anchor) {
        return anchor.hasAttr("href") ? anchor.attr("href") : anchor.attr("xlink:href");
    }

    private static Result linkText(PageFacts page) {
        String own = withoutFragment(page.url());
        Optional<String> only = onlyLanguage(page);
        List<Evidence> vague = new ArrayList<>();
        for (Element anchor : anchors(page)) {
            if (!anchor.hasAttr("href") && !anchor.hasAttr("xlink:href")) {
                continue;
            }
            HttpUrl.Resolved target = page.html().base().resolve(href(anchor));
            boolean skipped =
                    anchor.attr("rel").contains("nofollow")
                            || switch (target) {
                                case HttpUrl.Http(var url) -> withoutFragment(url).equals(own);
                                case HttpUrl.OtherScheme(var scheme) ->
                                        scheme.equals("javascript") || scheme.equals("mailto");
                                case HttpUrl.Invalid _ -> href(anchor).isEmpty();
                            };
            if (!skipped) {
                String text = text(anchor).strip().toLowerCase(Locale.ROOT);
                if (!text.isEmpty() && saysNothing(text, only.orElseGet(() -> language(anchor)))) {
                    vague.add(page.html().evidence(anchor, "“" + text + "”"));
                }
            }
        }
        return Result.failIfAny(vague, vague.size() + " links say nothing.", "");
    }

    private static boolean saysNothing(String text, String language) {
        return language.isEmpty()
                ? SAYING_NOTHING.values().stream().anyMatch(texts -> texts.contains(text))
                : SAYING_NOTHING.getOrDefault(language.split("-", 2)[0], Set.of()).contains(text);
    }

    private static String withoutFragment(HttpUrl url) {
        String text = url.toString();
        int hash = text.indexOf('#');
        return hash < 0 ? text : text.substring(0, hash);
    }

    /** The language of the whole page, where it is stated once, on html or body. */
    private static Optional<String> onlyLanguage(PageFacts page) {
        Element only = null;
        for (Element element : page.html().elements()) {
            if (element.hasAttr("lang")) {
                if (only != null) {
                    return Optional.empty();
                }
                only = element;
            }
        }
        return Optional.ofNullable(only)
                .filter(e -> e.normalName().equals("html") || e.normalName().equals("body"))
                .map(e -> e.attr("lang"));
    }

    /** The language that a link's text is in, or empty where there are several or none. */
    private static String language(Element anchor) {
        String found = "";
        for (Element child : anchor.getAllElements()) {
            if (!child.equals(anchor) && hasContent(child)) {
                String own = closestLanguage(child);
                if (found.isEmpty()) {
                    found = own;
                } else if (!own.isEmpty() && !found.split("-", 2)[0].equals(own.split("-", 2)[0])) {
                    return "";
                }
            }
        }
        return found.isEmpty() ? closestLanguage(anchor) : found;
    }

    private static boolean hasContent(Element element) {
        boolean[] found = {false};
        NodeTraversor.filter(
                (node, depth) -> {
                    found[0] = node instanceof TextNode text && !text.getWholeText().isEmpty();
                    return found[0]
                            ? NodeFilter.FilterResult.STOP
                            : NodeFilter.FilterResult.CONTINUE;
                },
                element);
        return found[0];
    }

    private static String closestLanguage(Element element) {
        for (Element e = element; e != null; e = e.parent()) {
            if (e.hasAttr("lang")) {
                return e.attr("lang");
            }
        }
        return "";
    }

    /** The text as it is shown; blocks stand on lines of their own. */
    static String text(Element anchor) {
        StringBuilder text = new StringBuilder();
        anchor.traverse(
                new NodeVisitor() {
                    private @Nullable Node hidden;

                    @Override
                    public void head(Node node, int depth) {
                        if (hidden == null && node instanceof Element element && depth > 0) {
                            if (isNotShown(element)) {
                                hidden = node;
                            } else if (element.isBlock() || element.normalName().equals("br")) {
                                text.append('\n');
                            }
                        }
                        if (hidden == null && node instanceof TextNode part) {
                            append(part.getWholeText(), text);
                        }
                    }

                    @Override
                    public void tail(Node node, int depth) {
                        if (node.equals(hidden)) {
                            hidden = null;
                        } else if (hidden == null
                                && depth > 0
                                && node instanceof Element element
                                && element.isBlock()) {
                            text.append('\n');
                        }
                    }
                });
        return text.toString();
    }

    private static boolean isNotShown(Element element) {
        return switch (element.normalName()) {
            case "script", "style", "noscript", "template" -> true;
            default -> ContentRules.hides(element) && !element.hasAttr("aria-hidden");
        };
    }

    private static void append(String part, StringBuilder text) {
        for (int i = 0; i < part.length(); i++) {
            char c = part.charAt(i);
            boolean space = c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
            char last = text.isEmpty() ? ' ' : text.charAt(text.length() - 1);
            if (!space) {
                text.append(c);
            } else if (last != ' ' && last != '\n') {
                text.append(' ');
            }
        }
    }

    private static Result crawlableAnchors(PageFacts page) {
        List<Element> anchors = anchors(page);
        List<Evidence> failing = new ArrayList<>();
        for (Element anchor : anchors) {
            String problem = problem(page, anchor);
            if (!problem.isEmpty()) {
                failing.add(page.html().evidence(anchor, problem));
            }
        }
        return Result.failIfAny(
                failing, failing.size() + " of " + anchors.size() + " links lead nowhere.", "");
    }

    private static String problem(PageFacts page, Element anchor) {
        String href = SPACE.matcher(anchor.attr("href")).replaceAll("");
        boolean named = !anchor.attr("name").isBlank() && !isSvg(anchor);
        boolean exempt =
                !anchor.attr("role").isBlank()
                        || href.startsWith("mailto:")
                        || (href.isEmpty() && !anchor.attr("id").isEmpty());
        if (exempt) {
            return "";
        }
        if (href.startsWith("file:")) {
            return "leads to a file on the reader's machine";
        }
        if (named) {
            return "";
        }
        if (!anchor.hasAttr("href")
                && WITH_HREF_ONLY.stream().noneMatch(name -> anchor.hasAttr(name))) {
            return anchor.attributes().asList().stream()
                            .anyMatch(attribute -> attribute.getKey().startsWith("on"))
                    ? "has a script and no href"
                    : "";
        }
        if (!anchor.hasAttr("href") && !anchor.hasAttr("xlink:href")) {
            return "has no href";
        }
        if (VOID.matcher(href).find()) {
            return "leads nowhere";
        }
        return page.html().base().resolve(href) instanceof HttpUrl.Invalid ? "is no valid URL" : "";
    }

    private static boolean isSvg(Element anchor) {
        return anchor.tag().namespace().equals(Parser.NamespaceSvg);
    }

    private static Result imageLinks(PageFacts page) {
        List<Evidence> nameless = new ArrayList<>();
        int count = 0;
        for (Element anchor : page.html().elements("a")) {
            Element image = anchor.hasAttr("href") ? anchor.selectFirst("img, svg") : null;
            if (image != null && !anchor.hasText()) {
                count++;
                boolean named =
                        Stream.of("aria-label", "title", "aria-labelledby")
                                        .anyMatch(name -> !anchor.attr(name).isBlank())
                                || anchor.select("img, svg").stream().anyMatch(LinkRules::isNamed);
                if (!named) {
                    nameless.add(page.html().evidence(anchor, ""));
                }
            }
        }
        return count == 0
                ? Result.notApplicable("There are no such links.")
                : Result.failIfAny(
                        nameless, nameless.size() + " of " + count + " links have none.", "");
    }

    private static boolean isNamed(Element image) {
        return Stream.of("alt", "aria-label", "title", "aria-labelledby")
                        .anyMatch(name -> !image.attr(name).isBlank())
                || image.selectFirst("title") != null;
    }

    private static Result internalNofollow(PageFacts page) {
        List<Evidence> unfollowed = new ArrayList<>();
        int count = 0;
        for (Element anchor : page.html().elements("a")) {
            boolean internal =
                    anchor.hasAttr("href")
                            && page.html().base().resolve(anchor.attr("href"))
                                    instanceof HttpUrl.Http(var url)
                            && url.authority().equals(page.url().authority());
            if (internal) {
                count++;
                String rel = " " + anchor.attr("rel").toLowerCase(Locale.ROOT) + " ";
                if (SPACE.matcher(rel).replaceAll(" ").contains(" nofollow ")) {
                    unfollowed.add(page.html().evidence(anchor, ""));
                }
            }
        }
        return count == 0
                ? Result.notApplicable("There are no links within the site.")
                : Result.failIfAny(unfollowed, unfollowed.size() + " links are not followed.", "");
    }
}
