package dev.gatehouse.tools.job;

import dev.gatehouse.tools.job.RowKind.Facet;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;
import tools.jackson.databind.JsonNode;

/** A tool whose work each test says, by the text of the request. */
public final class ScriptedTool implements JobTool<ScriptedTool.Request> {

    public static final String NAME = "scripted";
    public static final String COLLECTION = "scripted/runs";

    private static final ToolProblem NO_TEXT = new ToolProblem("no-text", 400, "text is missing.");
    private static final ToolProblem IMPOSSIBLE =
            new ToolProblem("impossible", 422, "That is impossible.");

    private final Map<String, Work> works = new ConcurrentHashMap<>();
    private final JobLimits limits;

    /** What a request says: which work. */
    public record Request(@Nullable String text) {}

    /** What a job does. */
    @FunctionalInterface
    public interface Work {

        JobResult run(JobContext context) throws InterruptedException;
    }

    public ScriptedTool(Duration deadline, DataSize maxResultSize) {
        this(
                new FixedJobLimits(
                        50,
                        50,
                        50,
                        2,
                        3,
                        deadline,
                        Duration.ofMinutes(10),
                        maxResultSize,
                        Map.of()));
    }

    public ScriptedTool(JobLimits limits) {
        this.limits = limits;
    }

    public void on(String text, Work work) {
        works.put(text, work);
    }

    public JobTools tools() {
        return new JobTools(
                List.of(
                        new ToolRegistration(
                                NAME, COLLECTION, "Scripted", "For tests.", () -> this)));
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Class<Request> requestType() {
        return Request.class;
    }

    @Override
    public JobLimits limits() {
        return limits;
    }

    @Override
    public List<ToolProblem> problems() {
        return List.of(NO_TEXT, IMPOSSIBLE);
    }

    @Override
    public Acceptance<Request> accept(Request request) {
        return switch (request.text()) {
            case null -> new Acceptance.Refused<>(NO_TEXT);
            case "impossible" -> new Acceptance.Refused<>(IMPOSSIBLE);
            case String text -> new Acceptance.Accepted<>(request, text);
        };
    }

    @Override
    public JobResult run(Request request, JobContext context) throws InterruptedException {
        Work work = works.get(Objects.requireNonNull(request.text()));
        return work == null ? new JobResult.Done(Map.of()) : work.run(context);
    }

    @Override
    public List<RowKind> rowKinds() {
        return List.of(
                RowKind.of(
                        "words",
                        Facet.any("length"),
                        new Facet("case", List.of("lower", "upper"))));
    }

    @Override
    public Optional<JobExport> export() {
        return Optional.of(new JobExport("words", List.of("word", "length"), ScriptedTool::line));
    }

    private static JobExport.Line line(JsonNode word) {
        String text = word.asString();
        JobExport.Outcome outcome =
                text.startsWith("bad") ? JobExport.Outcome.FAILED : JobExport.Outcome.PASSED;
        return new JobExport.Line(
                List.of(text, String.valueOf(text.length())), outcome, text, "It is <bad>.");
    }

    @Override
    public Optional<String> mainPart() {
        return Optional.of("image.png");
    }

    @Override
    public Set<String> mainPartTypes() {
        return Set.of("image/png");
    }

    @Override
    public Optional<Reuse> reuse(Request request) {
        String text = String.valueOf(request.text());
        return text.startsWith("reuse")
                ? Optional.of(new Reuse(text, Duration.ofMinutes(1)))
                : Optional.empty();
    }

    @Override
    public JobPage<Request> page() {
        return new ScriptedPage();
    }

    private static final class ScriptedPage implements JobPage<Request> {

        @Override
        public String formTemplate() {
            return "scripted-form";
        }

        @Override
        public Object form(Map<String, String> fields) {
            return Map.of("text", fields.getOrDefault("text", ""));
        }

        @Override
        public Request request(Map<String, String> fields) {
            return new Request(fields.get("text"));
        }

        @Override
        public Map<String, String> fields(Request request) {
            return Map.of("text", String.valueOf(request.text()));
        }

        @Override
        public String title(Request request) {
            return String.valueOf(request.text());
        }

        @Override
        public String resultTemplate() {
            return "scripted-result";
        }

        @Override
        public Object result(JobPageData<Request> job) {
            return Map.of("words", job.views().stream().map(JsonNode::asString).toList());
        }

        @Override
        public int pageSize() {
            return 3;
        }

        @Override
        public List<Filter> filters() {
            return List.of(new Filter("case", "Case", List.of("lower", "upper")));
        }
    }
}
