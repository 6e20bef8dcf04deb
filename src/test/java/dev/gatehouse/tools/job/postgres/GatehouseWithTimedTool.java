package dev.gatehouse.tools.job.postgres;

import dev.gatehouse.GatehouseApplication;
import dev.gatehouse.tools.job.Acceptance;
import dev.gatehouse.tools.job.FixedJobLimits;
import dev.gatehouse.tools.job.JobContext;
import dev.gatehouse.tools.job.JobLimits;
import dev.gatehouse.tools.job.JobPage;
import dev.gatehouse.tools.job.JobPageData;
import dev.gatehouse.tools.job.JobResult;
import dev.gatehouse.tools.job.JobTool;
import dev.gatehouse.tools.job.RowKind;
import dev.gatehouse.tools.job.ToolProblem;
import dev.gatehouse.tools.job.ToolRegistration;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.util.unit.DataSize;

/** Gatehouse with a tool whose work takes as long as the request says. */
public class GatehouseWithTimedTool {

    static final String COLLECTION = "/api/v1/timed/runs";

    public static void main(String[] arguments) {
        new SpringApplication(GatehouseApplication.class, GatehouseWithTimedTool.class)
                .run(arguments);
    }

    @Bean
    ToolRegistration timedRegistration() {
        return new ToolRegistration(
                "timed", "timed/runs", "Wait", "Waits for a time.", TimedTool::new);
    }

    /**
     * How long the work takes.
     *
     * @param steps into which it is divided, each with an event and a row
     */
    public record TimedRequest(@Nullable Integer millis, @Nullable Integer steps) {}

    private static final class TimedTool implements JobTool<TimedRequest> {

        private static final ToolProblem TIME = new ToolProblem("time", 400, "millis is missing.");

        @Override
        public String name() {
            return "timed";
        }

        @Override
        public Class<TimedRequest> requestType() {
            return TimedRequest.class;
        }

        @Override
        public JobLimits limits() {
            return new FixedJobLimits(
                    1_000_000,
                    1_000_000,
                    1_000_000,
                    64,
                    10_000,
                    Duration.ofSeconds(60),
                    Duration.ofMinutes(10),
                    DataSize.ofMegabytes(10),
                    Map.of());
        }

        @Override
        public List<ToolProblem> problems() {
            return List.of(TIME);
        }

        @Override
        public Acceptance<TimedRequest> accept(TimedRequest request) {
            return request.millis() == null || request.steps() == null
                    ? new Acceptance.Refused<>(TIME)
                    : new Acceptance.Accepted<>(request, "all");
        }

        @Override
        public JobResult run(TimedRequest request, JobContext context) throws InterruptedException {
            int steps = request.steps() == null ? 1 : request.steps();
            int millis = request.millis() == null ? 0 : request.millis();
            CountDownLatch never = new CountDownLatch(1);
            for (int i = 0; i < steps; i++) {
                if (never.await(millis * 1_000L / steps, TimeUnit.MICROSECONDS)) {
                    throw new IllegalStateException();
                }
                context.publish("step", i);
                context.row("steps", "step" + i, Map.of(), i);
            }
            return new JobResult.Done(Map.of("steps", steps));
        }

        @Override
        public List<RowKind> rowKinds() {
            return List.of(RowKind.of("steps"));
        }

        @Override
        public JobPage<TimedRequest> page() {
            return new TimedPage();
        }
    }

    private static final class TimedPage implements JobPage<TimedRequest> {

        @Override
        public String formTemplate() {
            return "timed-form";
        }

        @Override
        public Object form(Map<String, String> fields) {
            return Map.of("millis", fields.getOrDefault("millis", "1"));
        }

        @Override
        public TimedRequest request(Map<String, String> fields) {
            return new TimedRequest(1, 1);
        }

        @Override
        public Map<String, String> fields(TimedRequest request) {
            return Map.of();
        }

        @Override
        public String title(TimedRequest request) {
            return "timed";
        }

        @Override
        public String resultTemplate() {
            return "timed-result";
        }

        @Override
        public Object result(JobPageData<TimedRequest> job) {
            return Map.of("report", String.valueOf(job.report()));
        }
    }
}
