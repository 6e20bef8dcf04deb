package dev.gatehouse.tools.links;

import dev.gatehouse.tools.html.HtmlDocument;
import dev.gatehouse.tools.html.HtmlDocument.DuplicateId;
import dev.gatehouse.tools.html.PlainHttp;
import dev.gatehouse.tools.html.Reference;
import dev.gatehouse.tools.outbound.HttpUrl;
import dev.gatehouse.tools.outbound.Scheme;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is found in a page beside its links: duplicate ids, mixed content, metadata without TLS. */
final class PageFindings {

    /** Of one kind in one page; the rest is the same fault again. */
    private static final int MOST_DUPLICATES = 20;

    private final HttpUrl page;

    PageFindings(HttpUrl page) {
        this.page = page;
    }

    List<PageFinding> duplicateIds(HtmlDocument document) {
        List<PageFinding> findings = new ArrayList<>();
        for (DuplicateId id : document.duplicateIds()) {
            if (findings.size() == MOST_DUPLICATES) {
                break;
            }
            findings.add(
                    new PageFinding(
                            "duplicate-id",
                            page.toString(),
                            id.second().line(),
                            id.second().column(),
                            "%d elements have the id \"%s\", the first one in line %d."
                                    .formatted(id.count(), shortened(id.id()), id.first().line()),
                            "Give each element an id of its own: a fragment leads to the first."));
        }
        return findings;
    }

    /** What a reference is, beside a link: mixed content, or metadata that says http. */
    Optional<PageFinding> of(Reference reference) {
        return PlainHttp.of(page, reference)
                .map(found -> finding(found, reference, remedy(found, reference)));
    }

    private static String remedy(PlainHttp found, Reference reference) {
        return switch (found) {
            case MIXED_CONTENT_ACTIVE ->
                    "Browsers block it: the page is https. Write https, where the host answers it.";
            case MIXED_CONTENT_PASSIVE ->
                    "Browsers ask for https, or warn. Write https, where the host answers it.";
            case INSECURE_FORM -> "What visitors type is sent without TLS. Send the form to https.";
            default ->
                    "Write %s.".formatted(reference.url().orElseThrow().withScheme(Scheme.HTTPS));
        };
    }

    /** An entry of a sitemap, or a sitemap in robots.txt, of a site that answers https. */
    static Optional<PageFinding> ofEntry(PlainHttp found, String list, HttpUrl entry) {
        return entry.scheme() == Scheme.HTTP
                ? Optional.of(
                        new PageFinding(
                                found.id(),
                                list,
                                0,
                                0,
                                shortened(entry.toString()),
                                "Write %s.".formatted(entry.withScheme(Scheme.HTTPS))))
                : Optional.empty();
    }

    private PageFinding finding(PlainHttp found, Reference reference, String remedy) {
        return new PageFinding(
                found.id(),
                page.toString(),
                reference.line(),
                reference.column(),
                "<%s %s> %s"
                        .formatted(
                                reference.element(),
                                reference.attribute(),
                                shortened(reference.written())),
                remedy);
    }

    private static String shortened(String text) {
        return text.length() > 300 ? text.substring(0, 300) + "…" : text;
    }
}
