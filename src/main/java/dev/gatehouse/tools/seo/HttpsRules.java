package dev.gatehouse.tools.seo;

import static dev.gatehouse.tools.seo.Area.HTTPS;

import dev.gatehouse.tools.html.Reference;
import dev.gatehouse.tools.outbound.HttpUrl;
import dev.gatehouse.tools.outbound.Scheme;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/** What still goes by plain HTTP. */
final class HttpsRules {

    private static final String EXPERIENCE =
            "https://developers.google.com/search/docs/appearance/page-experience";

    private static final String MOVE =
            "https://developers.google.com/search/docs/crawling-indexing/"
                    + "site-move-with-url-changes";

    static final List<Rule> RULES =
            List.of(
                    Rule.ofResponse(
                            "https",
                            HTTPS,
                            1,
                            "The page comes by HTTPS",
                            "Serve the page by HTTPS and redirect plain HTTP to it.",
                            EXPERIENCE,
                            HttpsRules::https),
                    Rule.ofHtml(
                            "mixed-content",
                            HTTPS,
                            1,
                            "An HTTPS page loads nothing by plain HTTP",
                            "Write https:// in these references.",
                            "https://www.w3.org/TR/mixed-content/",
                            HttpsRules::mixedContent),
                    Rule.ofHtml(
                            "insecure-metadata",
                            HTTPS,
                            0.5,
                            "Canonical, alternate and card URLs say https://",
                            "Write https:// in these references.",
                            MOVE,
                            HttpsRules::metadata),
                    Rule.ofHtml(
                            "insecure-links",
                            HTTPS,
                            0.25,
                            "Links within the site say https://",
                            "Write https:// in these links, or leave the scheme out.",
                            MOVE,
                            HttpsRules::links));

    private HttpsRules() {}

    private static boolean isSecure(PageFacts page) {
        return page.url().scheme() == Scheme.HTTPS;
    }

    private static Result https(PageFacts page) {
        return isSecure(page)
                ? Result.pass("")
                : Result.fail(
                        "The page comes by plain HTTP.", Evidence.ofUrl(page.url().toString(), ""));
    }

    private static Result mixedContent(PageFacts page) {
        if (!isSecure(page)) {
            return Result.notApplicable("The page comes by plain HTTP.");
        }
        List<Evidence> mixed = new ArrayList<>();
        int count = 0;
        for (Reference reference : page.html().references()) {
            if (isSubresource(reference)) {
                count++;
                reference
                        .mixedContent(Scheme.HTTPS)
                        .ifPresent(
                                kind ->
                                        mixed.add(
                                                evidence(
                                                        reference,
                                                        kind.name().toLowerCase(Locale.ROOT))));
            }
        }
        return count == 0
                ? Result.notApplicable("The page loads nothing.")
                : Result.failIfAny(mixed, mixed.size() + " references say http://.", "");
    }

    private static boolean isSubresource(Reference reference) {
        return switch (reference.kind()) {
            case FRAME, SCRIPT, STYLESHEET, FONT, PRELOAD, OBJECT, IMAGE, IMAGE_SET, MEDIA -> true;
            default -> false;
        };
    }

    private static Evidence evidence(Reference reference, String text) {
        return new Evidence(
                "page", reference.line(), reference.column(), reference.written(), text);
    }

    private static Result metadata(PageFacts page) {
        return insecure(
                page,
                reference ->
                        switch (reference.kind()) {
                            case CANONICAL, SOCIAL -> true;
                            case ALTERNATE -> true;
                            default -> false;
                        },
                "The page names no such URL.");
    }

    private static Result links(PageFacts page) {
        return insecure(
                page,
                reference ->
                        reference.kind() == Reference.Kind.NAVIGATION
                                && reference.target() instanceof HttpUrl.Http(var url)
                                && url.host().equals(page.url().host()),
                "There are no links within the site.");
    }

    private static Result insecure(PageFacts page, Predicate<Reference> wanted, String none) {
        if (!isSecure(page)) {
            return Result.notApplicable("The page comes by plain HTTP.");
        }
        List<Reference> references = page.html().references().stream().filter(wanted).toList();
        if (references.isEmpty()) {
            return Result.notApplicable(none);
        }
        List<Evidence> insecure =
                references.stream()
                        .filter(Reference::isPlainHttp)
                        .map(reference -> evidence(reference, reference.element()))
                        .toList();
        return Result.failIfAny(insecure, insecure.size() + " references say http://.", "");
    }
}
