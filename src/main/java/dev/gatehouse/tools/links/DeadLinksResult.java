package dev.gatehouse.tools.links;

import dev.gatehouse.tools.job.JobPageData;
import dev.gatehouse.tools.job.JobRow;
import dev.gatehouse.tools.job.RowQuery;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A check as its page shows it, at any stage.
 *
 * @param report once it is over
 * @param links the links of this page of rows, where they are grouped by target
 * @param groups the same by the page that they stand on
 */
record DeadLinksResult(
        @Nullable Summary report,
        boolean running,
        boolean byPage,
        String byTarget,
        String byPageLink,
        boolean none,
        List<ShownLink> links,
        List<Group> groups,
        List<PageFinding> findings) {

    private static final JsonMapper MAPPER = JsonMapper.shared();
    private static final int FINDINGS = 100;
    private static final int PLACES = 20;
    private static final int GROUPED_PLACES = 100;

    /** The report as numbers and plots. */
    record Summary(
            String verdictPlot,
            boolean hasHosts,
            String hostPlot,
            @Nullable String budget,
            int pages,
            int pagesNotRead,
            long linksNotListed,
            long requests,
            String seconds) {

        static Summary of(DeadLinksReport report) {
            return new Summary(
                    VerdictPlot.verdicts(report.summary()),
                    !report.hosts().isEmpty(),
                    VerdictPlot.hosts(report.hosts()),
                    report.budget(),
                    report.pages(),
                    report.notVisited().pages(),
                    report.notVisited().links(),
                    report.effort().requests(),
                    "%.1f".formatted(report.effort().millis() / 1e3));
        }
    }

    /** A link with the first of its places. */
    record ShownLink(
            int number,
            String tone,
            String verdict,
            String url,
            String reason,
            String also,
            @Nullable String rewrite,
            @Nullable String archive,
            List<ShownPlace> places,
            int more) {

        boolean hasAlso() {
            return !also.isEmpty();
        }

        static ShownLink of(int number, LinkRow.View link) {
            List<ShownPlace> places =
                    link.places().stream().limit(PLACES).map(ShownPlace::of).toList();
            return new ShownLink(
                    number,
                    VerdictPlot.tone(link.verdict()),
                    link.verdict(),
                    link.url(),
                    link.reason(),
                    String.join(", ", link.also()),
                    link.rewrite(),
                    link.archive(),
                    places,
                    link.placeCount() - places.size());
        }
    }

    /**
     * A place.
     *
     * @param line null where it is not known
     */
    record ShownPlace(
            String page,
            @Nullable Integer line,
            int column,
            String element,
            String attribute,
            String text) {

        static ShownPlace of(Place place) {
            return new ShownPlace(
                    place.page(),
                    place.line() == 0 ? null : place.line(),
                    place.column(),
                    place.element(),
                    place.attribute(),
                    place.text());
        }
    }

    /** The links of one page. */
    record Group(String page, List<GroupedLink> links) {}

    /** A link on a page. */
    record GroupedLink(
            String tone, String verdict, @Nullable Integer line, String url, String reason) {}

    static DeadLinksResult of(JobPageData<DeadLinksRequest> data) {
        List<LinkRow.View> links =
                data.views().stream()
                        .map(link -> MAPPER.treeToValue(link, LinkRow.View.class))
                        .toList();
        boolean byPage = "page".equals(data.query().get("group"));
        JsonNode report = data.report();
        return new DeadLinksResult(
                report == null ? null : summary(report),
                !data.job().state().isFinal(),
                byPage,
                address(data.query(), "target"),
                address(data.query(), "page"),
                links.isEmpty(),
                byPage ? List.of() : shown(links),
                byPage ? groups(links) : List.of(),
                data.rows().read(RowQuery.first(DeadLinksTool.FINDINGS, FINDINGS)).stream()
                        .map(DeadLinksResult::finding)
                        .toList());
    }

    private static Summary summary(JsonNode report) {
        return Summary.of(MAPPER.treeToValue(report, DeadLinksReport.class));
    }

    private static PageFinding finding(JobRow row) {
        return row.as(PageFinding.class);
    }

    private static List<ShownLink> shown(List<LinkRow.View> links) {
        List<ShownLink> shown = new ArrayList<>();
        for (LinkRow.View link : links) {
            shown.add(ShownLink.of(shown.size() + 1, link));
        }
        return shown;
    }

    private static List<Group> groups(List<LinkRow.View> links) {
        Map<String, List<GroupedLink>> pages = new LinkedHashMap<>();
        for (LinkRow.View link : links) {
            for (Place place : link.places().stream().limit(GROUPED_PLACES).toList()) {
                pages.computeIfAbsent(place.page(), _ -> new ArrayList<>())
                        .add(
                                new GroupedLink(
                                        VerdictPlot.tone(link.verdict()),
                                        link.verdict(),
                                        place.line() == 0 ? null : place.line(),
                                        link.url(),
                                        link.reason()));
            }
        }
        return pages.entrySet().stream()
                .map(entry -> new Group(entry.getKey(), entry.getValue()))
                .toList();
    }

    /** The query of this page with another grouping. */
    private static String address(Map<String, String> query, String group) {
        Map<String, String> parameters = new LinkedHashMap<>(query);
        parameters.put("group", group);
        return parameters.entrySet().stream()
                .map(p -> encoded(p.getKey()) + "=" + encoded(p.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** For the template. */
    boolean hasFindings() {
        return !findings.isEmpty();
    }
}
