package dev.gatehouse.tools.frontdoor;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.gatehouse.tools.job.JobProgress;
import dev.gatehouse.tools.job.JobResult;
import dev.gatehouse.tools.job.JobState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A check as JSON. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record CheckView(
        String id,
        JobState state,
        String host,
        String healthPath,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        @Nullable JobProgress progress,
        @Nullable Report report,
        @Nullable Failure failure,
        String self,
        String events,
        String page) {

    static final String API = "/api/v1/front-door/checks";
    static final String PAGE = "/tools/front-door";

    /** Why it came to nothing. */
    record Failure(String code, String text) {}

    static CheckView of(Job job) {
        CheckService.CheckTarget target = (CheckService.CheckTarget) job.request();
        JobResult result = job.result();
        String self = API + "/" + job.id();
        return new CheckView(
                job.id(),
                job.state(),
                target.host(),
                target.healthPath(),
                job.createdAt(),
                job.startedAt(),
                job.endedAt(),
                job.progress(),
                report(result),
                result instanceof JobResult.Failed(var code, var text)
                        ? new Failure(code, text)
                        : null,
                self,
                self + "/events",
                PAGE + "/" + job.id());
    }

    private static @Nullable Report report(@Nullable JobResult result) {
        return switch (result) {
            case JobResult.Done(Report report) -> report;
            case JobResult.Partial(Report report) -> report;
            case null, default -> null;
        };
    }
}
