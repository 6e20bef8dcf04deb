package dev.gatehouse.tools.seo;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Rules over all pages of a site. */
final class SiteRules {

    private static final String DUPLICATES =
            "https://developers.google.com/search/docs/crawling-indexing/"
                    + "consolidate-duplicate-urls";

    private static final String SITEMAPS =
            "https://developers.google.com/search/docs/crawling-indexing/sitemaps/build-sitemap";

    private static final String LINKS =
            "https://developers.google.com/search/docs/crawling-indexing/links-crawlable";

    /** Deeper pages are rarely crawled. */
    private static final int DEEPEST = 4;

    /**
     * A rule.
     *
     * @param weight its part of the score
     */
    record SiteRule(
            String id,
            double weight,
            String title,
            String remedy,
            String source,
            Function<VisitedSite, Result> check) {

        Finding judge(VisitedSite site) {
            return Finding.of(id, Area.SITE, weight, title, remedy, source, check.apply(site));
        }
    }

    static final List<SiteRule> ALL =
            List.of(
                    new SiteRule(
                            "duplicate-titles",
                            1,
                            "Each page has a title of its own",
                            "Say in each title what is only on that page.",
                            "https://developers.google.com/search/docs/appearance/title-link",
                            site -> duplicates(site, VisitedPage::title, "title")),
                    new SiteRule(
                            "duplicate-descriptions",
                            0.5,
                            "Each page has a description of its own",
                            "Describe what is only on that page, or leave the description out.",
                            "https://developers.google.com/search/docs/appearance/snippet",
                            site -> duplicates(site, VisitedPage::description, "description")),
                    new SiteRule(
                            "duplicate-content",
                            0.5,
                            "No two pages have the same text",
                            "Redirect one to the other, or name one as the canonical URL of both.",
                            DUPLICATES,
                            site ->
                                    duplicates(
                                            site,
                                            page ->
                                                    page.text() == 0
                                                            ? ""
                                                            : Long.toHexString(page.text()),
                                            "text")),
                    new SiteRule(
                            "hreflang-return",
                            1,
                            "Versions in other languages link back",
                            "List all versions, the page itself included, on each of them.",
                            "https://developers.google.com/search/docs/specialty/international/"
                                    + "localized-versions",
                            SiteRules::returnLinks),
                    new SiteRule(
                            "orphan-pages",
                            0.5,
                            "Links lead to each page of the sitemap",
                            "Link to these pages from others of the site.",
                            LINKS,
                            SiteRules::orphans),
                    new SiteRule(
                            "sitemap-complete",
                            0.5,
                            "The sitemap lists each page that links lead to",
                            "Add these pages to the sitemap, or keep them out of the index.",
                            SITEMAPS,
                            SiteRules::complete),
                    new SiteRule(
                            "sitemap-clean",
                            0.5,
                            "The sitemap lists only pages that search engines show",
                            "Remove URLs that redirect, fail, are noindex or name another"
                                    + " canonical URL.",
                            SITEMAPS,
                            SiteRules::clean),
                    new SiteRule(
                            "internal-links",
                            0.5,
                            "Links within the site lead to pages",
                            "Correct the links, or bring the pages back.",
                            LINKS,
                            SiteRules::internalLinks),
                    new SiteRule(
                            "click-depth",
                            0.25,
                            "Each page is at most 4 links from the start",
                            "Link to these pages from pages that are nearer to the start.",
                            LINKS,
                            SiteRules::clickDepth));

    private SiteRules() {}

    static List<Finding> judge(VisitedSite site) {
        return ALL.stream().map(rule -> rule.judge(site)).toList();
    }

    private static Evidence evidence(String url, String text) {
        return Evidence.ofUrl(url, text);
    }

    private static Result duplicates(
            VisitedSite site, Function<VisitedPage, String> value, String what) {
        Map<String, List<VisitedPage>> groups = new LinkedHashMap<>();
        for (VisitedPage page : site.htmlPages()) {
            String own = value.apply(page);
            if (page.isShown() && !own.isEmpty()) {
                groups.computeIfAbsent(own, key -> new ArrayList<>()).add(page);
            }
        }
        if (groups.values().stream().mapToInt(List::size).sum() < 2) {
            return Result.notApplicable("There are not two pages with a " + what + ".");
        }
        List<Evidence> duplicates = new ArrayList<>();
        groups.values().stream()
                .filter(group -> group.size() > 1)
                .forEach(
                        group ->
                                group.forEach(
                                        page ->
                                                duplicates.add(
                                                        evidence(
                                                                page.url(),
                                                                text(group, page, what, value)))));
        return Result.failIfAny(duplicates, duplicates.size() + " pages share a " + what + ".", "");
    }

    private static String text(
            List<VisitedPage> group,
            VisitedPage page,
            String what,
            Function<VisitedPage, String> value) {
        return group.getFirst().equals(page)
                ? group.size()
                        + " pages"
                        + (what.equals("text") ? "" : ": “" + value.apply(page) + "”")
                : "as " + group.getFirst().url();
    }

    private static Result returnLinks(VisitedSite site) {
        List<Evidence> missing = new ArrayList<>();
        int links = 0;
        for (VisitedPage page : site.htmlPages()) {
            for (Map.Entry<String, String> alternate : page.alternates().entrySet()) {
                VisitedPage other = site.pages().get(alternate.getValue());
                if (other != null && !other.url().equals(page.url())) {
                    links++;
                    if (!other.alternates().containsValue(page.url())) {
                        missing.add(
                                evidence(
                                        other.url(),
                                        alternate.getKey() + " version of " + page.url()));
                    }
                }
            }
        }
        return links == 0
                ? Result.notApplicable("No version in another language was visited.")
                : Result.failIfAny(missing, missing.size() + " do not link back.", "");
    }

    private static Result orphans(VisitedSite site) {
        if (site.sitemap().isEmpty()) {
            return Result.notApplicable("The site has no sitemap that can be read.");
        }
        if (!site.complete()) {
            return Result.notApplicable("Not all of the site was visited.");
        }
        Map<String, Integer> depths = site.depths();
        return Result.failIfAny(
                site.sitemap().keySet().stream()
                        .filter(url -> !depths.containsKey(site.resolved(url)))
                        .map(url -> evidence(url, ""))
                        .toList(),
                "No link that was found leads to them.",
                "");
    }

    private static Result complete(VisitedSite site) {
        if (site.sitemap().isEmpty()) {
            return Result.notApplicable("The site has no sitemap that can be read.");
        }
        if (!site.facts().sitemaps().areRead()) {
            return Result.notApplicable("Not all of the sitemaps was read.");
        }
        return Result.failIfAny(
                site.htmlPages().stream()
                        .filter(VisitedPage::isShown)
                        .filter(page -> !site.sitemap().containsKey(page.url()))
                        .map(page -> evidence(page.url(), ""))
                        .toList(),
                "Pages are not in the sitemap.",
                "");
    }

    private static Result clean(VisitedSite site) {
        List<VisitedPage> listed =
                site.sitemap().keySet().stream()
                        .map(site.pages()::get)
                        .filter(page -> page != null)
                        .toList();
        if (listed.isEmpty()) {
            return Result.notApplicable("No URL of a sitemap was visited.");
        }
        return Result.failIfAny(
                listed.stream()
                        .filter(page -> !page.isShown())
                        .map(page -> evidence(page.url(), reason(page)))
                        .toList(),
                "The sitemap lists others too.",
                "");
    }

    private static String reason(VisitedPage page) {
        if (page.target() != null) {
            return "redirects to " + page.target();
        }
        if (page.status() >= 400 || page.status() == 0) {
            return page.status() == 0 ? "does not answer" : "status " + page.status();
        }
        if (!page.isPage()) {
            return "is no HTML";
        }
        return page.indexable() ? "names " + page.canonical() : "may not be indexed";
    }

    private static Result internalLinks(VisitedSite site) {
        List<Evidence> broken = new ArrayList<>();
        int links = 0;
        for (VisitedPage page : site.htmlPages()) {
            for (String link : page.links()) {
                VisitedPage target = site.pages().get(site.resolved(link));
                links += target == null ? 0 : 1;
                if (target != null && (target.status() >= 400 || target.status() == 0)) {
                    broken.add(evidence(page.url(), link + ": " + reason(target)));
                }
            }
        }
        return links == 0
                ? Result.notApplicable("There are no links within the site.")
                : Result.failIfAny(broken, broken.size() + " links lead to no page.", "");
    }

    private static Result clickDepth(VisitedSite site) {
        Map<String, Integer> depths = site.depths();
        if (site.htmlPages().size() < 2) {
            return Result.notApplicable("One page was visited.");
        }
        return Result.failIfAny(
                site.htmlPages().stream()
                        .filter(page -> depths.getOrDefault(page.url(), 0) > DEEPEST)
                        .map(page -> evidence(page.url(), depths.get(page.url()) + " links"))
                        .toList(),
                "Pages are deeper than 4 links.",
                "");
    }
}
