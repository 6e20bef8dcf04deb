package dev.gatehouse.tools.seo;

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
import dev.gatehouse.tools.outbound.FetchResult;
import dev.gatehouse.tools.outbound.HttpUrl;
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
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The SEO audit as a tool. */
final class SeoTool implements JobTool<SeoRequest> {

    static final String NAME = "seo";
    static final String PAGES = "pages";
    static final String FINDINGS = "findings";

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int MOST_REDIRECTS = 10;
    private static final int LINKS_PER_PAGE = 100;
    private static final int MOST_FINDINGS = 100_000;

    private static final ToolProblem SCOPE =
            new ToolProblem("scope", 422, "scope is page or site.");
    private static final ToolProblem MAX_PAGES =
            new ToolProblem("max-pages", 422, "maxPages is a number from 1 to the limit.");
    private static final ToolProblem UNREACHABLE =
            new ToolProblem("unreachable", 0, "The page does not answer.");

    private final CrawlEngine engine;
    private final OutboundClient outbound;
    private final SeoProperties properties;
    private final Clock clock;

    SeoTool(CrawlEngine engine, OutboundClient outbound, SeoProperties properties, Clock clock) {
        this.engine = engine;
        this.outbound = outbound;
        this.properties = properties;
        this.clock = clock;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Class<SeoRequest> requestType() {
        return SeoRequest.class;
    }

    @Override
    public JobLimits limits() {
        return properties;
    }

    @Override
    public List<ToolProblem> problems() {
        return Stream.concat(
                        Stream.of(SCOPE, MAX_PAGES, UNREACHABLE),
                        Arrays.stream(TargetRefusal.values()).map(SeoTool::problem))
                .toList();
    }

    private static ToolProblem problem(TargetRefusal refusal) {
        int status = refusal == TargetRefusal.NO_PUBLIC_ADDRESS ? 0 : 400;
        return new ToolProblem(refusal.code(), status, refusal.text());
    }

    @Override
    public Acceptance<SeoRequest> accept(SeoRequest request) {
        String scope = request.scope() == null ? SeoRequest.PAGE : request.scope();
        if (!scope.equals(SeoRequest.PAGE) && !scope.equals(SeoRequest.SITE)) {
            return new Acceptance.Refused<>(SCOPE);
        }
        int maxPages = request.maxPages() == null ? SeoRequest.MAX_PAGES : request.maxPages();
        if (maxPages < 1 || maxPages > properties.maxPages()) {
            return new Acceptance.Refused<>(
                    new ToolProblem(
                            MAX_PAGES.code(),
                            MAX_PAGES.status(),
                            "maxPages is a number from 1 to %d.".formatted(properties.maxPages())));
        }
        return switch (outbound.targets().parse(Target.withHttps(request.urlText()))) {
            case Target.Accepted(var url) ->
                    new Acceptance.Accepted<>(
                            new SeoRequest(url.withoutFragment().toString(), scope, maxPages),
                            url.host());
            case Target.Refused(var refusal) -> new Acceptance.Refused<>(problem(refusal));
        };
    }

    @Override
    public JobResult run(SeoRequest request, JobContext context) throws InterruptedException {
        if (!(HttpUrl.parse(request.urlText()) instanceof HttpUrl.Http(var start))) {
            return problem(TargetRefusal.HOST_FORM).failure();
        }
        int pages = request.pages();
        CrawlBudget budget =
                new CrawlBudget(
                        pages,
                        pages * LINKS_PER_PAGE + 1000,
                        properties.maxBytes().toBytes(),
                        Duration.between(clock.instant(), context.deadline()),
                        null,
                        MOST_REDIRECTS);
        int pageBytes =
                (int) Math.min(properties.maxPageSize().toBytes(), engine.memory().largestBody());
        CrawlPlan plan =
                new CrawlPlan(
                        true,
                        Globs.NONE,
                        Globs.NONE,
                        budget,
                        properties.requestTimeout(),
                        pageBytes);
        try (Crawl crawl = engine.open(plan)) {
            return result(new SeoAudit(request, crawl, context, pageBytes, clock).run(start));
        }
    }

    private static JobResult result(SeoAudit.End end) {
        return switch (end) {
            case SeoAudit.Reported(var report, var complete) ->
                    complete ? new JobResult.Done(report) : new JobResult.Partial(report);
            case SeoAudit.Unreachable(FetchResult.Refused refused) ->
                    problem(refused.refusal()).failure();
            case SeoAudit.Unreachable(FetchResult.Failed failed)
                    when failed.failure() == FetchResult.Failure.NO_ADDRESS ->
                    problem(TargetRefusal.NO_PUBLIC_ADDRESS).failure();
            case SeoAudit.Unreachable(FetchResult.Failed failed) ->
                    new JobResult.Failed(
                            UNREACHABLE.code(),
                            "The page does not answer: " + failed.detail() + ".");
            case SeoAudit.Unreachable(FetchResult.Fetched _) -> UNREACHABLE.failure();
        };
    }

    @Override
    public List<RowKind> rowKinds() {
        return List.of(
                RowKind.of(PAGES),
                RowKind.of(
                        FINDINGS,
                        Facet.any("page"),
                        Facet.oneOf("outcome", Outcome.values(), Outcome::tag),
                        Facet.oneOf("area", Area.values(), Area::tag),
                        Facet.any("rule")));
    }

    /** A page's findings are rows of their own, so that they can be filtered. */
    @Override
    public List<?> rowViews(String kind, List<JobRow> rows, JobRows all) {
        if (!kind.equals(PAGES)) {
            return rows.stream().map(JobRow::data).toList();
        }
        List<String> urls = rows.stream().map(JobRow::key).toList();
        Map<String, ArrayNode> findings = new HashMap<>();
        for (JobRow row : all.of(FINDINGS, "page", urls, MOST_FINDINGS)) {
            ObjectNode finding = (ObjectNode) row.data();
            String page = finding.path("page").stringValue();
            finding.remove("page");
            findings.computeIfAbsent(page, url -> JSON.createArrayNode()).add(finding);
        }
        List<JsonNode> views = new ArrayList<>();
        for (JobRow row : rows) {
            ObjectNode view = (ObjectNode) row.data();
            view.set("findings", findings.getOrDefault(row.key(), JSON.createArrayNode()));
            views.add(view);
        }
        return views;
    }

    @Override
    public Optional<JobExport> export() {
        return Optional.of(
                new JobExport(
                        FINDINGS,
                        List.of(
                                "page", "area", "id", "outcome", "weight", "title", "text", "line",
                                "column", "snippet", "places", "remedy", "source"),
                        SeoTool::line));
    }

    private static JobExport.Line line(JsonNode finding) {
        JsonNode first = finding.path("evidence").path(0);
        String outcome = finding.path("outcome").asString();
        String name = finding.path("page").asString() + " " + finding.path("id").asString();
        return new JobExport.Line(
                List.of(
                        finding.path("page").asString(),
                        finding.path("area").asString(),
                        finding.path("id").asString(),
                        outcome,
                        finding.path("weight").asString(),
                        finding.path("title").asString(),
                        finding.path("text").asString(),
                        text(first.path("line")),
                        text(first.path("column")),
                        text(first.path("snippet")),
                        finding.path("places").asString(),
                        finding.path("remedy").asString(),
                        finding.path("source").asString()),
                switch (outcome) {
                    case "pass" -> JobExport.Outcome.PASSED;
                    case "fail" -> JobExport.Outcome.FAILED;
                    default -> JobExport.Outcome.SKIPPED;
                },
                name.strip(),
                finding.path("text").asString());
    }

    private static String text(JsonNode value) {
        return value.isMissingNode() || value.isNull() ? "" : value.asString();
    }

    @Override
    public JobPage<SeoRequest> page() {
        return new SeoPage(properties.maxPages());
    }
}
