package dev.gatehouse.tools.frontdoor;

import dev.gatehouse.tools.job.Acceptance;
import dev.gatehouse.tools.job.JobContext;
import dev.gatehouse.tools.job.JobExport;
import dev.gatehouse.tools.job.JobLimits;
import dev.gatehouse.tools.job.JobPage;
import dev.gatehouse.tools.job.JobProgress;
import dev.gatehouse.tools.job.JobResult;
import dev.gatehouse.tools.job.JobTool;
import dev.gatehouse.tools.job.RowKind;
import dev.gatehouse.tools.job.RowKind.Facet;
import dev.gatehouse.tools.job.ToolProblem;
import dev.gatehouse.tools.outbound.OutboundClient;
import dev.gatehouse.tools.outbound.ResourceBudget;
import dev.gatehouse.tools.outbound.Target;
import dev.gatehouse.tools.outbound.TargetRefusal;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The front-door check as a tool. */
class FrontDoorTool implements JobTool<FrontDoorTool.CheckRequest> {

    static final String NAME = "front-door";
    static final String FINDINGS = "findings";

    private static final Pattern PATH = Pattern.compile("/[\\x21-\\x7e&&[^\\\\#]]{0,512}");
    private static final ToolProblem HEALTH_PATH =
            new ToolProblem("health-path", 400, "healthPath is a path such as /healthz.");

    private final OutboundClient outbound;
    private final FrontDoorProperties properties;
    private final Clock clock;

    FrontDoorTool(OutboundClient outbound, FrontDoorProperties properties, Clock clock) {
        this.outbound = outbound;
        this.properties = properties;
        this.clock = clock;
    }

    /**
     * What to check.
     *
     * @param host a host name, or a URL of it
     * @param healthPath what a kubelet would probe there; {@code /} where it is left out
     */
    record CheckRequest(@Nullable String host, @Nullable String healthPath) {

        String hostText() {
            return host == null ? "" : host;
        }

        String healthPathText() {
            return healthPath == null ? "/" : healthPath;
        }
    }

    /** The report, beside the findings, which are rows. */
    record Score(int score, Grade grade) {

        static Score of(Report report) {
            return new Score(report.score(), report.grade());
        }
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Class<CheckRequest> requestType() {
        return CheckRequest.class;
    }

    @Override
    public JobLimits limits() {
        return properties;
    }

    @Override
    public List<ToolProblem> problems() {
        return Stream.concat(
                        Stream.of(HEALTH_PATH),
                        Arrays.stream(TargetRefusal.values()).map(FrontDoorTool::problem))
                .toList();
    }

    private static ToolProblem problem(TargetRefusal refusal) {
        int status = refusal == TargetRefusal.NO_PUBLIC_ADDRESS ? 0 : 400;
        return new ToolProblem(refusal.code(), status, refusal.text());
    }

    @Override
    public Acceptance<CheckRequest> accept(CheckRequest request) {
        if (!PATH.matcher(request.healthPathText()).matches()) {
            return new Acceptance.Refused<>(HEALTH_PATH);
        }
        return switch (Target.parse(request.hostText())) {
            case Target.Accepted(var url) ->
                    new Acceptance.Accepted<>(
                            new CheckRequest(url.host(), request.healthPathText()), url.host());
            case Target.Refused(var refusal) -> new Acceptance.Refused<>(problem(refusal));
        };
    }

    @Override
    public Map<String, Object> viewMembers(CheckRequest request) {
        return Map.of("host", request.hostText(), "healthPath", request.healthPathText());
    }

    @Override
    public JobResult run(CheckRequest request, JobContext context) {
        Duration time = Duration.between(clock.instant(), context.deadline());
        CheckClient client =
                new CheckClient(outbound, properties.userAgent(), ResourceBudget.of(time));
        FrontDoorCheck check = new FrontDoorCheck(client, clock, listener(context));
        return switch (check.run(request.hostText(), request.healthPathText())) {
            case FrontDoorCheck.Complete(var report) -> new JobResult.Done(Score.of(report));
            case FrontDoorCheck.Partial(var report) -> new JobResult.Partial(Score.of(report));
            case FrontDoorCheck.NotVisited() -> problem(TargetRefusal.NO_PUBLIC_ADDRESS).failure();
        };
    }

    private static FrontDoorCheck.Listener listener(JobContext context) {
        return new FrontDoorCheck.Listener() {

            private int areas;
            private int findings;

            @Override
            public void begins(Area area) {
                context.progress(
                        new JobProgress(areas++, FrontDoorCheck.STEPS, "areas", area.title()));
            }

            @Override
            public void found(List<Finding> found) {
                for (Finding finding : found) {
                    context.row(
                            FINDINGS,
                            String.valueOf(++findings),
                            Map.of("area", finding.area().name(), "verdict", verdict(finding)),
                            finding);
                    context.publish("finding", finding);
                }
            }
        };
    }

    private static String verdict(Finding finding) {
        return finding.verdict().name();
    }

    @Override
    public List<RowKind> rowKinds() {
        return List.of(
                RowKind.of(
                        FINDINGS,
                        Facet.oneOf("area", Area.values(), Area::name),
                        Facet.oneOf("verdict", Rating.values(), Rating::name)));
    }

    @Override
    public Optional<JobExport> export() {
        return Optional.of(
                new JobExport(
                        FINDINGS,
                        List.of("verdict", "area", "id", "points", "title", "remedy"),
                        FrontDoorTool::line));
    }

    private static JobExport.Line line(JsonNode finding) {
        String verdict = finding.get("verdict").asString();
        String title = finding.get("title").asString();
        String remedy = finding.get("remedy").asString();
        JobExport.Outcome outcome =
                switch (Rating.valueOf(verdict)) {
                    case GOOD, NOTE -> JobExport.Outcome.PASSED;
                    case WEAK, BAD -> JobExport.Outcome.FAILED;
                    case NOT_TESTED -> JobExport.Outcome.SKIPPED;
                };
        return new JobExport.Line(
                List.of(
                        verdict,
                        finding.get("area").asString(),
                        finding.get("id").asString(),
                        finding.get("points").asString(),
                        title,
                        remedy),
                outcome,
                finding.get("id").asString(),
                outcome == JobExport.Outcome.PASSED ? "" : (title + " " + remedy).strip());
    }

    @Override
    public JobPage<CheckRequest> page() {
        return new FrontDoorPage();
    }
}
