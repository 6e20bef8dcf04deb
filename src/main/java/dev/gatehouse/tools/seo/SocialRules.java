package dev.gatehouse.tools.seo;

import static dev.gatehouse.tools.seo.Area.SOCIAL;

import dev.gatehouse.tools.outbound.HttpUrl;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jsoup.nodes.Element;

/** How a page looks where it is shared: Open Graph and cards of X. */
final class SocialRules {

    private static final String OPEN_GRAPH = "https://ogp.me/";

    private static final String CARDS =
            "https://developer.x.com/en/docs/x-for-websites/cards/overview/markup";

    private static final String IMAGES =
            "https://developers.facebook.com/docs/sharing/webmasters/images/";

    /** The smallest that is shown at all, and the smallest that is shown large. */
    private static final int SMALLEST = 200;

    private static final int LARGE_WIDTH = 600;
    private static final int LARGE_HEIGHT = 315;
    private static final long HEAVIEST = 8_000_000;

    static final List<Rule> RULES =
            List.of(
                    Rule.ofHtml(
                            "open-graph",
                            SOCIAL,
                            0.5,
                            "Open Graph is complete",
                            "State og:title, og:type, og:image and og:url.",
                            OPEN_GRAPH,
                            SocialRules::openGraph),
                    Rule.ofHtml(
                            "og-url",
                            SOCIAL,
                            0.25,
                            "og:url is the canonical URL",
                            "Use the same absolute URL in og:url and the canonical link.",
                            OPEN_GRAPH,
                            SocialRules::url),
                    Rule.ofHtml(
                            "og-image",
                            SOCIAL,
                            0.5,
                            "The image for cards loads and is large enough",
                            "Name an absolute https:// URL of a PNG, JPEG or WebP of 1200 × 630"
                                    + " pixels.",
                            IMAGES,
                            SocialRules::image),
                    Rule.ofHtml(
                            "twitter-card",
                            SOCIAL,
                            0.25,
                            "twitter:card is valid",
                            "Set twitter:card to summary or summary_large_image.",
                            CARDS,
                            SocialRules::card));

    private static final Set<String> TYPES =
            Set.of("image/png", "image/jpeg", "image/webp", "image/gif", "image/avif");

    private SocialRules() {}

    private static boolean isDescribed(PageFacts page) {
        return page.html().elements("meta").stream()
                .anyMatch(
                        meta ->
                                meta.attr("property").toLowerCase(Locale.ROOT).startsWith("og:")
                                        || meta.attr("name")
                                                .toLowerCase(Locale.ROOT)
                                                .startsWith("twitter:"));
    }

    private static Result openGraph(PageFacts page) {
        if (!isDescribed(page)) {
            return Result.notApplicable("The page describes no card.");
        }
        List<String> missing = new ArrayList<>();
        for (String name : List.of("og:title", "og:type", "og:image", "og:url")) {
            if (page.html().property(name).isEmpty()) {
                missing.add(name);
            }
        }
        return missing.isEmpty()
                ? Result.pass("")
                : Result.fail("There is no " + String.join(", no ", missing) + ".");
    }

    private static Result url(PageFacts page) {
        List<Element> urls = page.html().properties("og:url");
        if (urls.isEmpty()) {
            return Result.notApplicable("There is no og:url.");
        }
        String written = urls.getFirst().attr("content").strip();
        Evidence evidence = page.html().evidence(urls.getFirst(), "");
        if (!(HttpUrl.parse(written) instanceof HttpUrl.Http(var url))) {
            return Result.fail("It is no absolute URL.", evidence);
        }
        String expected =
                CanonicalRules.url(page).map(HttpUrl::toString).orElse(page.url().toString());
        return url.toString().equals(expected)
                ? Result.pass("")
                : Result.fail("The page's URL is " + expected + ".", evidence);
    }

    /** The URL of the image for cards, resolved. */
    static Optional<HttpUrl> imageUrl(ParsedPage html) {
        return html.property("og:image")
                .or(() -> html.property("og:image:url"))
                .or(() -> html.property("twitter:image"))
                .flatMap(html.base()::resolveHttp);
    }

    private static Result image(PageFacts page) {
        Optional<Element> named =
                List.of("og:image", "og:image:url", "twitter:image").stream()
                        .flatMap(name -> page.html().properties(name).stream())
                        .filter(meta -> !meta.attr("content").isBlank())
                        .findFirst();
        if (named.isEmpty()) {
            return Result.notApplicable("The page names no image for cards.");
        }
        String written = named.get().attr("content").strip();
        if (!(HttpUrl.parse(written) instanceof HttpUrl.Http(var url))) {
            return Result.fail("Its URL is not absolute.", page.html().evidence(named.get(), ""));
        }
        Optional<LinkedResource> found = page.linked(url.toString());
        if (found.isEmpty()) {
            return Result.notApplicable("The image was not visited.");
        }
        String problem = problem(found.get());
        String size = found.get().width() + " × " + found.get().height() + " pixels";
        return problem.isEmpty()
                ? Result.pass(size + ".", List.of(page.html().evidence(named.get(), size)))
                : Result.fail(problem, page.html().evidence(named.get(), ""));
    }

    private static String problem(LinkedResource image) {
        if (image.status() != 200) {
            return image.status() == 0
                    ? "It does not answer."
                    : "It answers with " + image.status() + ".";
        }
        if (!TYPES.contains(image.mediaType())) {
            return "Its type is " + image.mediaType() + ", which cards do not show.";
        }
        if (image.bytes() > HEAVIEST) {
            return "It has " + image.bytes() / 1_000_000 + " MB; at most 8 MB are loaded.";
        }
        if (image.width() == 0) {
            return "It is not the image that its type says.";
        }
        String size = image.width() + " × " + image.height() + " pixels";
        if (image.width() < SMALLEST || image.height() < SMALLEST) {
            return "It has " + size + "; fewer than 200 × 200 are not shown.";
        }
        return image.width() < LARGE_WIDTH || image.height() < LARGE_HEIGHT
                ? "It has " + size + "; fewer than 600 × 315 are shown small."
                : "";
    }

    private static Result card(PageFacts page) {
        if (!isDescribed(page)) {
            return Result.notApplicable("The page describes no card.");
        }
        Optional<String> card = page.html().property("twitter:card");
        if (card.isEmpty()) {
            return Result.fail("There is no twitter:card.");
        }
        return switch (card.get()) {
            case "summary", "summary_large_image", "app", "player" -> Result.pass("");
            default ->
                    Result.fail(
                            "“" + card.get() + "” is no card.",
                            page.html()
                                    .evidence(
                                            page.html().properties("twitter:card").getFirst(), ""));
        };
    }
}
