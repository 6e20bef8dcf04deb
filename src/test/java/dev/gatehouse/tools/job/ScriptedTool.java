package dev.gatehouse.tools.job;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.util.unit.DataSize;

/** A tool whose work each test says, by the text of the request. */
public final class ScriptedTool implements JobTool<ScriptedTool.Request> {

    public static final String NAME = "scripted";
    public static final String COLLECTION = "scripted/runs";

    private static final ToolProblem NO_TEXT = new ToolProblem("no-text", 400, "text is missing.");

    private final Map<String, Work> works = new ConcurrentHashMap<>();
    private final JobLimits limits;

    /** What a request says: which work. */
    public record Request(String text) {}

    /** What a job does. */
    @FunctionalInterface
    public interface Work {

        JobResult run(JobContext context) throws InterruptedException;
    }

    public ScriptedTool(Duration deadline, DataSize maxResultSize) {
        this(
                new JobLimits(
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
        return List.of(NO_TEXT);
    }

    @Override
    public Acceptance<Request> accept(Request request) {
        return new Acceptance.Accepted<>(request, request.text());
    }

    @Override
    public JobResult run(Request request, JobContext context) throws InterruptedException {
        Work work = works.get(request.text());
        return work == null ? new JobResult.Done(Map.of()) : work.run(context);
    }

    @Override
    public List<RowKind> rowKinds() {
        return List.of(new RowKind("words", List.of("length", "case")));
    }

    @Override
    public JobPage<Request> page() {
        throw new UnsupportedOperationException("It has no page");
    }
}
