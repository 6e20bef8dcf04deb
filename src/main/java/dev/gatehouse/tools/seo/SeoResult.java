package dev.gatehouse.tools.seo;

import dev.gatehouse.tools.job.JobPageData;
import dev.gatehouse.tools.seo.SeoReport.FindingRow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The result of an audit for its page.
 *
 * @param summary scores and previews, or null before the end
 * @param sections the findings by area: of the page, or over the site
 * @param fixes what failed, the weightiest first
 * @param pages the pages of a site, with what failed on them
 */
record SeoResult(
        @Nullable Summary summary, List<Section> sections, List<Row> fixes, List<Page> pages) {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int TITLE = 60;
    private static final int DESCRIPTION = 160;
    private static final int BAR = 300;

    /**
     * Scores and previews.
     *
     * @param crumbs the URL as search results show it
     * @param hasImage whether the size of the card's image is known
     * @param depths empty for one page
     */
    record Summary(
            Ring score,
            Ring lighthouse,
            String crumbs,
            String title,
            String description,
            SeoReport.Card card,
            boolean hasImage,
            List<Treated> audiences,
            boolean hasDepths,
            List<Bar> depths,
            int depthHeight,
            String crawled) {}

    /** A score drawn as a ring. */
    record Ring(int score, String label, String tone) {

        static Ring of(int score, String label) {
            return new Ring(score, label, score >= 90 ? "good" : score >= 50 ? "weak" : "bad");
        }
    }

    /** A crawler in the matrix. */
    record Treated(
            String name,
            String operator,
            String purpose,
            String crawl,
            String crawlTone,
            String index,
            String indexTone,
            String because) {}

    /** A bar of the plot of depths. */
    record Bar(String label, int depth, int pages, int y, int textY, int width, int countX) {}

    /** An area. */
    record Section(String title, int failed, boolean hasFailed, List<Row> rows) {}

    /** A finding. */
    record Row(
            int number,
            FindingRow finding,
            String tone,
            String verdict,
            boolean hasText,
            boolean hasRemedy,
            boolean hasEvidence,
            List<Place> evidence,
            boolean hasMore,
            int more) {}

    /** A place. */
    record Place(String where, Evidence evidence, boolean hasText) {}

    /** A page of a site. */
    record Page(String url, int score, String tone, int failed, List<Row> rows) {}

    static SeoResult of(JobPageData<SeoRequest> data) {
        boolean site = data.request().isSite();
        List<Page> pages = new ArrayList<>();
        List<Row> rows = new ArrayList<>();
        for (JsonNode view : data.views()) {
            List<Row> own = rows(findings(view.path("findings")), site, rows.size());
            if (site) {
                pages.add(page(view, own));
            }
            rows.addAll(own);
        }
        JsonNode report = data.report();
        if (site) {
            rows = rows(findings(report == null ? null : report.path("site")), false, rows.size());
        }
        List<Row> shown = rows;
        return new SeoResult(
                report == null ? null : summary(JSON.treeToValue(report, SeoReport.class)),
                Arrays.stream(Area.values())
                        .map(area -> section(area, shown))
                        .filter(section -> !section.rows().isEmpty())
                        .toList(),
                rows.stream()
                        .filter(row -> row.finding().outcome() == Outcome.FAIL)
                        .sorted(Comparator.comparingDouble(row -> -row.finding().weight()))
                        .toList(),
                pages);
    }

    private static List<FindingRow> findings(@Nullable JsonNode array) {
        List<FindingRow> findings = new ArrayList<>();
        if (array != null) {
            for (JsonNode each : array.values()) {
                ((ObjectNode) each).put("page", "");
                findings.add(JSON.treeToValue(each, FindingRow.class));
            }
        }
        return findings;
    }

    private static List<Row> rows(List<FindingRow> findings, boolean failedOnly, int from) {
        List<Row> rows = new ArrayList<>();
        for (FindingRow finding : findings) {
            if (!failedOnly || finding.outcome() == Outcome.FAIL) {
                rows.add(row(from + rows.size() + 1, finding));
            }
        }
        return rows;
    }

    private static Row row(int number, FindingRow finding) {
        List<Place> places =
                finding.evidence().stream()
                        .map(e -> new Place(where(e), e, !e.text().isEmpty()))
                        .toList();
        int more = finding.places() - places.size();
        return new Row(
                number,
                finding,
                tone(finding),
                finding.outcome().text(),
                !finding.text().isEmpty(),
                !finding.remedy().isEmpty(),
                !places.isEmpty(),
                places,
                more > 0,
                more);
    }

    private static String where(Evidence evidence) {
        String place =
                evidence.line() == null
                        ? ""
                        : "line " + evidence.line() + ", column " + evidence.column();
        return switch (evidence.in()) {
            case "page", "url" -> place;
            default -> place.isEmpty() ? evidence.in() : evidence.in() + ", " + place;
        };
    }

    private static String tone(FindingRow finding) {
        return switch (finding.outcome()) {
            case PASS -> "good";
            case FAIL -> finding.weight() >= 1 ? "bad" : "weak";
            case INFO -> "note";
            case NOT_APPLICABLE -> "not-tested";
        };
    }

    private static Section section(Area area, List<Row> rows) {
        List<Row> own =
                rows.stream()
                        .filter(row -> row.finding().area() == area)
                        .sorted(
                                Comparator.comparingInt((Row row) -> rank(row.finding()))
                                        .thenComparingDouble(row -> -row.finding().weight()))
                        .toList();
        int failed = (int) own.stream().filter(r -> r.finding().outcome() == Outcome.FAIL).count();
        return new Section(area.text(), failed, failed > 0, own);
    }

    private static int rank(FindingRow finding) {
        return switch (finding.outcome()) {
            case FAIL -> 0;
            case INFO -> 1;
            case PASS -> 2;
            case NOT_APPLICABLE -> 3;
        };
    }

    private static Page page(JsonNode view, List<Row> failed) {
        int score = view.path("score").asInt(0);
        return new Page(
                view.path("url").asString(""),
                score,
                Ring.of(score, "").tone(),
                failed.size(),
                failed);
    }

    private static Summary summary(SeoReport report) {
        SeoReport.Preview preview = report.preview();
        SeoReport.Card card = preview.card();
        List<Bar> bars = bars(report.depths());
        return new Summary(
                Ring.of(report.score(), "Score"),
                Ring.of(report.lighthouseScore(), "Lighthouse’s rules"),
                crumbs(preview.url()),
                cut(preview.title(), TITLE),
                cut(preview.description(), DESCRIPTION),
                new SeoReport.Card(
                        card.site(),
                        cut(card.title(), TITLE),
                        cut(card.description(), DESCRIPTION),
                        card.image(),
                        card.width(),
                        card.height()),
                card.width() > 0 && card.height() > 0,
                report.audiences().stream().map(SeoResult::treated).toList(),
                !bars.isEmpty(),
                bars,
                bars.size() * 24,
                "%d pages were judged with %d requests."
                        .formatted(report.crawl().pages(), report.crawl().requests()));
    }

    private static String crumbs(String url) {
        String text = url.replaceFirst("^https?://", "");
        return cut(
                String.join(
                        " › ",
                        Stream.of(text.split("/", -1)).filter(part -> !part.isEmpty()).toList()),
                DESCRIPTION);
    }

    private static String cut(String text, int most) {
        if (text.codePointCount(0, text.length()) <= most) {
            return text;
        }
        String start = text.substring(0, text.offsetByCodePoints(0, most - 2));
        int space = start.lastIndexOf(' ');
        return (space > most / 2 ? start.substring(0, space) : start) + " …";
    }

    private static Treated treated(Audience.Treatment treatment) {
        Boolean index = treatment.index();
        return new Treated(
                treatment.name(),
                treatment.operator(),
                treatment.purpose(),
                treatment.crawl() ? "yes" : "no",
                treatment.crawl() ? "good" : "bad",
                index == null ? "–" : index ? "yes" : "no",
                index == null ? "unknown" : index ? "good" : "bad",
                String.join("; ", treatment.because().stream().map(Evidence::snippet).toList()));
    }

    private static List<Bar> bars(List<VisitedSite.Depth> depths) {
        int most = depths.stream().mapToInt(VisitedSite.Depth::pages).max().orElse(1);
        List<Bar> bars = new ArrayList<>();
        for (VisitedSite.Depth depth : depths) {
            int y = bars.size() * 24;
            int width = Math.max(2, depth.pages() * BAR / most);
            bars.add(
                    new Bar(
                            depth.depth() == 1 ? "1 link" : depth.depth() + " links",
                            depth.depth(),
                            depth.pages(),
                            y + 4,
                            y + 17,
                            width,
                            100 + width + 6));
        }
        return bars;
    }

    /** For the template. */
    boolean hasFixes() {
        return !fixes.isEmpty();
    }

    /** For the template. */
    boolean hasPages() {
        return !pages.isEmpty();
    }
}
