package dev.gatehouse.tools.outside;

import dev.gatehouse.tools.job.Acceptance;
import dev.gatehouse.tools.job.FixedJobLimits;
import dev.gatehouse.tools.job.JobContext;
import dev.gatehouse.tools.job.JobLimits;
import dev.gatehouse.tools.job.JobPage;
import dev.gatehouse.tools.job.JobResult;
import dev.gatehouse.tools.job.JobTool;
import dev.gatehouse.tools.job.ToolProblem;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.springframework.util.unit.DataSize;

/** A tool that the schedule of a test asks: it has no page, and does no work of its own. */
class OwnSiteTool<R> implements JobTool<R> {

    private final String name;
    private final Class<R> requestType;

    OwnSiteTool(String name, Class<R> requestType) {
        this.name = name;
        this.requestType = requestType;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Class<R> requestType() {
        return requestType;
    }

    @Override
    public JobLimits limits() {
        return new FixedJobLimits(
                1,
                1,
                1,
                1,
                5,
                Duration.ofMinutes(5),
                Duration.ofMinutes(15),
                DataSize.ofMegabytes(1),
                Map.of());
    }

    @Override
    public List<ToolProblem> problems() {
        return List.of();
    }

    @Override
    public Acceptance<R> accept(R request) {
        return new Acceptance.Accepted<>(request, "");
    }

    @Override
    public JobResult run(R request, JobContext context) {
        throw new UnsupportedOperationException("not run");
    }

    @Override
    public JobPage<R> page() {
        throw new UnsupportedOperationException("not shown");
    }
}
