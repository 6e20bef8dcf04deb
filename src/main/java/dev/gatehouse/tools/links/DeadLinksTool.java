package dev.gatehouse.tools.links;

import dev.gatehouse.tools.crawl.Crawl;
import dev.gatehouse.tools.crawl.CrawlBudget;
import dev.gatehouse.tools.crawl.CrawlEngine;
import dev.gatehouse.tools.crawl.CrawlPlan;
import dev.gatehouse.tools.crawl.Globs;
import dev.gatehouse.tools.job.Acceptance;
import dev.gatehouse.tools.job.JobContext;
import dev.gatehouse.tools.job.JobExport;
import dev.gatehouse.tools.job.JobLimits;
import dev.gatehouse.tools.job.JobPage;
import dev.gatehouse.tools.job.JobResult;
import dev.gatehouse.tools.job.JobRow;
import dev.gatehouse.tools.job.JobRows;
import dev.gatehouse.tools.job.JobTool;
import dev.gatehouse.tools.job.RowKind;
import dev.gatehouse.tools.job.RowKind.Facet;
import dev.gatehouse.tools.job.ToolProblem;
import dev.gatehouse.tools.outbound.OutboundClient;
import dev.gatehouse.tools.outbound.Target;
import dev.gatehouse.tools.outbound.TargetRefusal;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** The dead link check as a tool. */
class DeadLinksTool implements JobTool<DeadLinksRequest> {

    static final String NAME = "dead-links";
    static final String LINKS = "links";
    static final String FINDINGS = "findings";
    static final String PLACES = "places";

    /** Places of a link that are shown with many other links, and alone. */
    private static final int PLACES_SHOWN = 100;

    private static final int PLACES_SHOWN_ALONE = 1_000;

    /** What is left for the rows at the end: of the time, and at least. */
    private static final int RESERVED_PART = 20;

    private static final Duration LEAST_RESERVED = Duration.ofSeconds(1);

    private static final ToolProblem SCOPE =
            new ToolProblem("scope", 400, "scope is page or site.");
    private static final ToolProblem PATTERNS =
            new ToolProblem(
                    "patterns",
                    400,
                    "include and exclude have at most 20 patterns of 1 to 200 characters each.");
    private static final ToolProblem MAX_DEPTH =
            new ToolProblem("max-depth", 400, "maxDepth is 0 or more.");

    private final OutboundClient outbound;
    private final CrawlEngine engine;
    private final DeadLinksProperties properties;
    private final Clock clock;
    private final ToolProblem maxPages;

    DeadLinksTool(
            OutboundClient outbound,
            CrawlEngine engine,
            DeadLinksProperties properties,
            Clock clock) {
        this.outbound = outbound;
        this.engine = engine;
        this.properties = properties;
        this.clock = clock;
        this.maxPages =
                new ToolProblem(
                        "max-pages",
                        400,
                        "maxPages is from 1 to %d.".formatted(properties.maxPages()));
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Class<DeadLinksRequest> requestType() {
        return DeadLinksRequest.class;
    }

    @Override
    public JobLimits limits() {
        return properties;
    }

    @Override
    public List<ToolProblem> problems() {
        return Stream.concat(
                        Stream.of(SCOPE, maxPages, MAX_DEPTH, PATTERNS),
                        Arrays.stream(TargetRefusal.values()).map(DeadLinksTool::problem))
                .toList();
    }

    static ToolProblem problem(TargetRefusal refusal) {
        int status = refusal == TargetRefusal.NO_PUBLIC_ADDRESS ? 0 : 400;
        return new ToolProblem(refusal.code(), status, refusal.text());
    }

    @Override
    public Acceptance<DeadLinksRequest> accept(DeadLinksRequest request) {
        String scope = Objects.requireNonNullElse(request.scope(), DeadLinksRequest.SITE);
        if (!Set.of(DeadLinksRequest.PAGE, DeadLinksRequest.SITE).contains(scope)) {
            return new Acceptance.Refused<>(SCOPE);
        }
        int most = Math.min(DeadLinksRequest.MAX_PAGES, properties.maxPages());
        int pages = Objects.requireNonNullElse(request.maxPages(), most);
        if (pages < 1 || pages > properties.maxPages()) {
            return new Acceptance.Refused<>(maxPages);
        }
        if (request.maxDepth() != null && request.maxDepth() < 0) {
            return new Acceptance.Refused<>(MAX_DEPTH);
        }
        List<String> include = Objects.requireNonNullElse(request.include(), List.of());
        List<String> exclude = Objects.requireNonNullElse(request.exclude(), List.of());
        if (!arePatterns(include) || !arePatterns(exclude)) {
            return new Acceptance.Refused<>(PATTERNS);
        }
        String url = Target.withHttps(Objects.requireNonNullElse(request.url(), ""));
        return switch (outbound.targets().parse(url)) {
            case Target.Refused(var refusal) -> new Acceptance.Refused<>(problem(refusal));
            case Target.Accepted(var start) ->
                    new Acceptance.Accepted<>(
                            new DeadLinksRequest(
                                    start.withoutFragment().toString(),
                                    scope,
                                    pages,
                                    request.maxDepth(),
                                    include,
                                    exclude,
                                    Objects.requireNonNullElse(request.external(), true),
                                    Objects.requireNonNullElse(request.fragments(), true),
                                    Objects.requireNonNullElse(request.sitemap(), true),
                                    Objects.requireNonNullElse(request.robots(), true)),
                            start.host());
        };
    }

    private static boolean arePatterns(List<String> patterns) {
        if (patterns.stream().anyMatch(Objects::isNull)) { // JSON may have it
            return false;
        }
        try {
            Globs.of(patterns);
            return true;
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    @Override
    public JobResult run(DeadLinksRequest request, JobContext context) throws InterruptedException {
        CheckSettings settings = CheckSettings.of(request);
        CrawlEngine engine =
                context.caller().equals(JobContext.THIS_SERVER)
                        ? this.engine.opening(settings.start())
                        : this.engine;
        try (Crawl crawl = engine.open(plan(settings, context))) {
            LinkCheck check =
                    new LinkCheck(
                            settings,
                            new LinkGraph(
                                    properties.maxLinks(), properties.maxRedirects(), crawl::take),
                            context);
            check.begin(crawl);
            return check.finish(crawl, crawl.run(check));
        }
    }

    private CrawlPlan plan(CheckSettings settings, JobContext context) {
        Duration time = Duration.between(clock.instant(), context.deadline());
        Duration reserved = time.dividedBy(RESERVED_PART);
        Duration left =
                time.minus(reserved.compareTo(LEAST_RESERVED) > 0 ? reserved : LEAST_RESERVED);
        return new CrawlPlan(
                settings.robots(),
                settings.include(),
                settings.exclude(),
                new CrawlBudget(
                        settings.maxPages(),
                        properties.maxLinks(),
                        properties.maxBytes().toBytes(),
                        left.isNegative() ? Duration.ZERO : left,
                        settings.maxDepth(),
                        properties.maxRedirects()),
                properties.requestTimeout(),
                (int) properties.maxPageSize().toBytes());
    }

    @Override
    public List<RowKind> rowKinds() {
        return List.of(
                RowKind.of(
                        LINKS,
                        Facet.oneOf("verdict", LinkVerdict.values(), LinkVerdict::text),
                        Facet.any("host"),
                        Facet.any("number")),
                RowKind.of(FINDINGS, Facet.any("id")));
    }

    /** A link is shown with its places. */
    @Override
    public List<?> rowViews(String kind, List<JobRow> rows, JobRows all) {
        if (!kind.equals(LINKS)) {
            return rows.stream().map(JobRow::data).toList();
        }
        List<String> keys = rows.stream().map(JobRow::key).toList();
        int each = rows.size() == 1 ? PLACES_SHOWN_ALONE : PLACES_SHOWN;
        Map<String, List<Place>> places = new HashMap<>();
        for (JobRow place : all.of(PLACES, "link", keys, each * keys.size())) {
            String link = Objects.requireNonNull(place.facets().get("link"));
            List<Place> of = places.computeIfAbsent(link, _ -> new ArrayList<>());
            if (of.size() < each) {
                of.add(place.as(Place.class));
            }
        }
        return rows.stream()
                .map(row -> row.as(LinkRow.class).with(places.getOrDefault(row.key(), List.of())))
                .toList();
    }

    @Override
    public Optional<JobExport> export() {
        return Optional.of(
                new JobExport(
                        LINKS,
                        List.of(
                                "verdict",
                                "url",
                                "status",
                                "reason",
                                "rewrite",
                                "page",
                                "line",
                                "column",
                                "element",
                                "attribute",
                                "text"),
                        DeadLinksTool::line));
    }

    private static JobExport.Line line(JsonNode link) {
        String verdict = link.get("verdict").asString();
        String url = link.get("url").asString();
        JsonNode first = link.get("places").path(0);
        JobExport.Outcome outcome =
                switch (verdict) {
                    case "ok", "redirected" -> JobExport.Outcome.PASSED;
                    case "skipped", "unknown" -> JobExport.Outcome.SKIPPED;
                    default -> JobExport.Outcome.FAILED;
                };
        String reason = link.get("reason").asString();
        int count = link.get("placeCount").asInt();
        String where =
                first.isMissingNode()
                        ? ""
                        : " %s, line %d%s"
                                .formatted(
                                        text(first, "page"),
                                        first.path("line").asInt(),
                                        count > 1 ? ", and %d more".formatted(count - 1) : "");
        return new JobExport.Line(
                List.of(
                        verdict,
                        url,
                        text(link, "status"),
                        reason,
                        text(link, "rewrite"),
                        text(first, "page"),
                        text(first, "line"),
                        text(first, "column"),
                        text(first, "element"),
                        text(first, "attribute"),
                        text(first, "text")),
                outcome,
                url,
                outcome == JobExport.Outcome.PASSED ? "" : (reason + where).strip());
    }

    private static String text(JsonNode node, String name) {
        JsonNode value = node.path(name);
        return value.isNull() || value.isMissingNode() ? "" : value.asString();
    }

    @Override
    public JobPage<DeadLinksRequest> page() {
        return new DeadLinksPage(properties.maxPages());
    }
}
