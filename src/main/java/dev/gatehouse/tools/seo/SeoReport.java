package dev.gatehouse.tools.seo;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The report, beside the pages and findings, which are rows.
 *
 * @param url the page, or the first page of the site, after redirects
 * @param score of the page, or of the site
 * @param lighthouseScore by Lighthouse's rules alone; of a site the mean of its pages
 * @param summary how many findings there are of each outcome
 * @param site the findings over the whole site
 * @param audiences how the first page treats crawlers
 * @param preview how the first page looks in a search result and where it is shared
 * @param depths how many pages there are at each distance from the first one
 * @param crawl what was requested
 */
record SeoReport(
        String url,
        int score,
        int lighthouseScore,
        Map<String, Integer> summary,
        List<Finding> site,
        List<Audience.Treatment> audiences,
        Preview preview,
        List<VisitedSite.Depth> depths,
        Requests crawl) {

    /**
     * A page in a search result and as a card.
     *
     * @param title as a search engine shows it
     * @param card where it is shared
     */
    record Preview(String url, String title, String description, Card card) {}

    /**
     * A shared card.
     *
     * @param image the URL of its image, or null
     * @param width of the image in pixels, or 0 where it is not known
     * @param height of the image in pixels, or 0 where it is not known
     */
    record Card(
            String site,
            String title,
            String description,
            @Nullable String image,
            int width,
            int height) {}

    /**
     * What was requested.
     *
     * @param pages that were judged
     * @param requests in all
     * @param complete whether all that was found was visited
     * @param robotsStatus status of robots.txt, or 0
     * @param sitemaps their URLs
     */
    record Requests(
            int pages, long requests, boolean complete, int robotsStatus, List<String> sitemaps) {}

    /** A row of kind {@code pages}; its findings are rows of their own. */
    record PageRow(
            String url,
            int status,
            int score,
            int lighthouseScore,
            String title,
            Map<String, Integer> summary) {}

    /**
     * A row of kind {@code findings}.
     *
     * @param page its URL, or empty where the finding is about the whole site
     */
    record FindingRow(
            String page,
            String id,
            Area area,
            Outcome outcome,
            double weight,
            String title,
            String text,
            List<Evidence> evidence,
            int places,
            String remedy,
            String source) {

        static FindingRow of(String page, Finding f) {
            return new FindingRow(
                    page,
                    f.id(),
                    f.area(),
                    f.outcome(),
                    f.weight(),
                    f.title(),
                    f.text(),
                    f.evidence(),
                    f.places(),
                    f.remedy(),
                    f.source());
        }
    }
}
