package dev.gatehouse.tools.frontdoor;

import dev.gatehouse.tools.job.Job;
import dev.gatehouse.tools.job.JobProgress;
import dev.gatehouse.tools.job.JobResult;
import dev.gatehouse.tools.job.JobState;
import dev.gatehouse.tools.job.JobWork;
import dev.gatehouse.tools.job.Jobs;
import dev.gatehouse.tools.job.Submission;
import dev.gatehouse.tools.outbound.OutboundClient;
import dev.gatehouse.tools.outbound.Target;
import dev.gatehouse.tools.outbound.TargetRefusal;
import dev.gatehouse.tools.outbound.WorkBudget;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** Accepts checks within limits, runs them as jobs, and finds them again. */
class CheckService {

    private static final Pattern PATH = Pattern.compile("/[\\x21-\\x7e&&[^\\\\#]]{0,512}");
    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,255}");

    /** A check ends by itself, with what it has found, before the deadline of its job. */
    private static final Duration GRACE = Duration.ofSeconds(2);

    private final OutboundClient outbound;
    private final FrontDoorProperties properties;
    private final CheckLimits limits;
    private final Jobs jobs;
    private final Clock clock;

    CheckService(OutboundClient outbound, FrontDoorProperties properties, Jobs jobs, Clock clock) {
        this.outbound = outbound;
        this.properties = properties;
        this.limits = new CheckLimits(properties);
        this.jobs = jobs;
        this.clock = clock;
    }

    /**
     * What to check, as JSON.
     *
     * @param host a host name, or a URL of it
     * @param healthPath what a kubelet would probe there; {@code /} where it is left out
     */
    record CheckRequest(@Nullable String host, @Nullable String healthPath) {}

    /** What to check, validated. */
    record CheckTarget(String host, String healthPath) {}

    /** Submits a check; problems are thrown. */
    Job submit(CheckLimits.Caller caller, CheckRequest request, @Nullable String key) {
        CheckTarget target = read(request);
        if (key != null && !KEY.matcher(key).matches()) {
            throw ApiProblems.problem(
                    HttpStatus.BAD_REQUEST,
                    "idempotency-key",
                    "Idempotency-Key is 1 to 255 visible ASCII characters.");
        }
        limits.take(caller, target.host())
                .ifPresent(
                        wait -> {
                            throw ApiProblems.tooMany(
                                    "rate", "Too many checks were submitted.", wait);
                        });
        String ownKey = key == null ? null : caller.key() + "\n" + key;
        return switch (jobs.submit(ownKey, target, work(target))) {
            case Submission.Accepted(var job) -> job;
            case Submission.QueueFull(var wait) ->
                    throw ApiProblems.tooMany("queue-full", "Too many checks are queued.", wait);
            case Submission.KeyReused() ->
                    throw ApiProblems.problem(
                            HttpStatus.UNPROCESSABLE_CONTENT,
                            "idempotency-key-reused",
                            "The Idempotency-Key was used before for another check.");
        };
    }

    private static CheckTarget read(CheckRequest request) {
        String path = request.healthPath() == null ? "/" : request.healthPath();
        if (!PATH.matcher(path).matches()) {
            throw ApiProblems.problem(
                    HttpStatus.BAD_REQUEST,
                    "health-path",
                    "healthPath is a path such as /healthz.");
        }
        return switch (Target.parse(request.host() == null ? "" : request.host())) {
            case Target.Accepted(var url) -> new CheckTarget(url.host(), path);
            case Target.Refused(var refusal) ->
                    throw ApiProblems.problem(
                            HttpStatus.BAD_REQUEST, refusal.code(), refusal.text());
        };
    }

    private JobWork work(CheckTarget target) {
        return progress -> {
            CheckClient client =
                    new CheckClient(
                            outbound,
                            properties.userAgent(),
                            WorkBudget.of(properties.deadline().minus(GRACE)));
            FrontDoorCheck check = new FrontDoorCheck(client, clock, listener(progress));
            return result(check.run(target.host(), target.healthPath()));
        };
    }

    private static JobResult result(FrontDoorCheck.Outcome outcome) {
        return switch (outcome) {
            case FrontDoorCheck.Complete(var report) -> new JobResult.Done(report);
            case FrontDoorCheck.Partial(var report) -> new JobResult.Partial(report);
            case FrontDoorCheck.NotVisited() ->
                    new JobResult.Failed(
                            TargetRefusal.NO_PUBLIC_ADDRESS.code(),
                            TargetRefusal.NO_PUBLIC_ADDRESS.text());
        };
    }

    private static FrontDoorCheck.Listener listener(JobProgress progress) {
        return new FrontDoorCheck.Listener() {
            @Override
            public void begins(Area area) {
                progress.tell("progress", Map.of("area", area.tag(), "title", area.title()));
            }

            @Override
            public void found(List<Finding> findings) {
                findings.forEach(finding -> progress.tell("finding", finding));
            }
        };
    }

    /** The check with that id; an expired one is 410, an unknown one 404. */
    Job get(String id) {
        Job job =
                jobs.find(id)
                        .orElseThrow(
                                () ->
                                        ApiProblems.problem(
                                                HttpStatus.NOT_FOUND,
                                                "unknown-check",
                                                "There is no check with that id."));
        if (jobs.state(job) == JobState.EXPIRED) {
            throw ApiProblems.problem(HttpStatus.GONE, "expired", "The check is no longer kept.");
        }
        return job;
    }

    void cancel(Job job) {
        jobs.cancel(job);
    }

    /** How long to wait before the next poll. */
    Duration pollInterval() {
        return jobs.pollInterval();
    }

    /** The longest time that the events of a check can take: all that are queued, and itself. */
    Duration longest() {
        return properties.deadline().multipliedBy(properties.queued() + 1L);
    }
}
