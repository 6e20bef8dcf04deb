package dev.gatehouse.tools.seo;

import static dev.gatehouse.tools.seo.Area.HTTPS;

import dev.gatehouse.tools.html.PlainHttp;
import dev.gatehouse.tools.html.Reference;
import dev.gatehouse.tools.outbound.HttpUrl;
import dev.gatehouse.tools.outbound.Scheme;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What still goes by plain HTTP. */
final class HttpsRules {

    private static final String EXPERIENCE =
            "https://developers.google.com/search/docs/appearance/page-experience";

    private static final String MOVE =
            "https://developers.google.com/search/docs/crawling-indexing/"
                    + "site-move-with-url-changes";

    private static final String MIXED_CONTENT = "https://www.w3.org/TR/mixed-content/";

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
                            PlainHttp.MIXED_CONTENT_ACTIVE.id(),
                            HTTPS,
                            1,
                            "An HTTPS page loads no scripts, styles or frames by plain HTTP",
                            "Write https:// in these references: browsers block them.",
                            MIXED_CONTENT,
                            page -> references(page, PlainHttp.MIXED_CONTENT_ACTIVE)),
                    Rule.ofHtml(
                            PlainHttp.MIXED_CONTENT_PASSIVE.id(),
                            HTTPS,
                            0.5,
                            "An HTTPS page loads no images or media by plain HTTP",
                            "Write https:// in these references.",
                            MIXED_CONTENT,
                            page -> references(page, PlainHttp.MIXED_CONTENT_PASSIVE)),
                    Rule.ofHtml(
                            PlainHttp.INSECURE_FORM.id(),
                            HTTPS,
                            0.25,
                            "Forms are sent by HTTPS",
                            "Send the forms to https://.",
                            MIXED_CONTENT,
                            page -> references(page, PlainHttp.INSECURE_FORM)),
                    Rule.ofHtml(
                            PlainHttp.CANONICAL.id(),
                            HTTPS,
                            0.5,
                            "The canonical URL says https://",
                            "Write https:// in the canonical URL.",
                            MOVE,
                            page -> metadata(page, PlainHttp.CANONICAL)),
                    Rule.ofHtml(
                            PlainHttp.HREFLANG.id(),
                            HTTPS,
                            0.25,
                            "Alternate links say https://",
                            "Write https:// in these references.",
                            MOVE,
                            page -> metadata(page, PlainHttp.HREFLANG)),
                    Rule.ofHtml(
                            PlainHttp.OG_URL.id(),
                            HTTPS,
                            0.25,
                            "URLs of cards say https://",
                            "Write https:// in these references.",
                            MOVE,
                            page -> references(page, PlainHttp.OG_URL)),
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

    /** The references of the kinds that can be this. */
    private static Result references(PageFacts page, PlainHttp kind) {
        return judge(page, kind, List.of(), 0);
    }

    /** The references of the kinds that can be this, and those of Link headers. */
    private static Result metadata(PageFacts page, PlainHttp kind) {
        List<LinkField> links =
                LinkField.of(page.response()).stream()
                        .filter(
                                link ->
                                        kind == PlainHttp.CANONICAL
                                                ? link.relation().equals("canonical")
                                                : link.relation().equals("alternate"))
                        .toList();
        List<Evidence> insecure =
                links.stream()
                        .filter(
                                link ->
                                        page.url().resolve(link.target())
                                                        instanceof HttpUrl.Http(var url)
                                                && url.scheme() == Scheme.HTTP
                                                && url.host().equals(page.url().host()))
                        .map(link -> Evidence.inHeader("Link", link.value(), ""))
                        .toList();
        return judge(page, kind, insecure, links.size());
    }

    private static Result judge(
            PageFacts page, PlainHttp kind, List<Evidence> inHeaders, int headers) {
        if (!isSecure(page)) {
            return Result.notApplicable("The page comes by plain HTTP.");
        }
        List<Evidence> insecure = new ArrayList<>(inHeaders);
        int count = headers;
        for (Reference reference : page.html().references()) {
            if (PlainHttp.ofKind(reference.kind()).equals(Optional.of(kind))) {
                count++;
                if (PlainHttp.of(page.url(), reference).isPresent()) {
                    insecure.add(evidence(reference));
                }
            }
        }
        return count == 0
                ? Result.notApplicable("The page has no such references.")
                : Result.failIfAny(insecure, insecure.size() + " references say http://.", "");
    }

    private static Evidence evidence(Reference reference) {
        return new Evidence(
                "page",
                reference.line(),
                reference.column(),
                reference.written(),
                "<%s %s>".formatted(reference.element(), reference.attribute()));
    }

    private static Result links(PageFacts page) {
        if (!isSecure(page)) {
            return Result.notApplicable("The page comes by plain HTTP.");
        }
        List<Reference> links =
                page.html().references().stream()
                        .filter(reference -> reference.kind() == Reference.Kind.NAVIGATION)
                        .filter(
                                reference ->
                                        reference.target() instanceof HttpUrl.Http(var url)
                                                && url.host().equals(page.url().host()))
                        .toList();
        if (links.isEmpty()) {
            return Result.notApplicable("There are no links within the site.");
        }
        List<Evidence> insecure =
                links.stream().filter(Reference::isPlainHttp).map(HttpsRules::evidence).toList();
        return Result.failIfAny(insecure, insecure.size() + " references say http://.", "");
    }
}
