package dev.gatehouse.tools.frontdoor;

import dev.gatehouse.tools.job.Job;
import dev.gatehouse.tools.job.JobProgress;
import dev.gatehouse.tools.job.JobResult;
import dev.gatehouse.tools.job.JobState;
import dev.gatehouse.tools.job.JobWork;
import dev.gatehouse.tools.job.Jobs;
import dev.gatehouse.tools.job.Submission;
import dev.gatehouse.tools.outbound.Outreach;
import dev.gatehouse.tools.outbound.Refusal;
import dev.gatehouse.tools.outbound.Target;
import dev.gatehouse.tools.outbound.WorkBudget;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** The tool: takes checks in, within limits, and gives them out again. */
class Checks {

    private static final Pattern PATH = Pattern.compile("/[\\x21-\\x7e&&[^\\\\#]]{0,512}");
    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,255}");

    /** So that a check ends by itself, with what it has, before its job is ended. */
    private static final Duration GRACE = Duration.ofSeconds(2);

    private final Outreach outreach;
    private final FrontDoorProperties properties;
    private final CheckLimits limits;
    private final Jobs jobs;
    private final Clock clock;

    Checks(Outreach outreach, FrontDoorProperties properties, Jobs jobs, Clock clock) {
        this.outreach = outreach;
        this.properties = properties;
        this.limits = new CheckLimits(properties);
        this.jobs = jobs;
        this.clock = clock;
    }

    /** Takes a check in; a problem is thrown as Spring's own are. */
    Job submit(Caller caller, CheckRequest request, @Nullable String key) {
        Checked checked = read(request);
        if (key != null && !KEY.matcher(key).matches()) {
            throw Problem.of(
                    HttpStatus.BAD_REQUEST,
                    "idempotency-key",
                    "Idempotency-Key is 1 to 255 visible ASCII characters.");
        }
        limits.take(caller, checked.host())
                .ifPresent(
                        wait -> {
                            throw Problem.tooMany("rate", "Too many checks for now.", wait);
                        });
        String ownKey = key == null ? null : caller.key() + "\n" + key;
        return switch (jobs.submit(ownKey, checked, work(checked))) {
            case Submission.Accepted(var job) -> job;
            case Submission.QueueFull(var wait) ->
                    throw Problem.tooMany("queue-full", "Too many checks wait already.", wait);
            case Submission.KeyReused() ->
                    throw Problem.of(
                            HttpStatus.UNPROCESSABLE_CONTENT,
                            "idempotency-key-reused",
                            "The Idempotency-Key was used before, for another check.");
        };
    }

    private static Checked read(CheckRequest request) {
        String path = request.healthPath() == null ? "/" : request.healthPath();
        if (!PATH.matcher(path).matches()) {
            throw Problem.of(
                    HttpStatus.BAD_REQUEST,
                    "health-path",
                    "healthPath is a path such as /healthz.");
        }
        return switch (Target.parse(request.host() == null ? "" : request.host())) {
            case Target.Accepted(var target) -> new Checked(target.host(), path);
            case Target.Refused(var refusal) ->
                    throw Problem.of(HttpStatus.BAD_REQUEST, refusal.code(), refusal.text());
        };
    }

    private JobWork work(Checked checked) {
        return progress -> {
            Visitor visitor =
                    new Visitor(
                            outreach,
                            properties.userAgent(),
                            WorkBudget.of(properties.deadline().minus(GRACE)));
            FrontDoorCheck check = new FrontDoorCheck(visitor, clock, telling(progress));
            return result(check.run(checked.host(), checked.healthPath()));
        };
    }

    private static JobResult result(CheckOutcome outcome) {
        return switch (outcome) {
            case CheckOutcome.Whole(var report) -> new JobResult.Done(report);
            case CheckOutcome.Partial(var report) -> new JobResult.Partial(report);
            case CheckOutcome.NotVisited() ->
                    new JobResult.Failed(
                            Refusal.NO_PUBLIC_ADDRESS.code(), Refusal.NO_PUBLIC_ADDRESS.text());
        };
    }

    private static CheckProgress telling(JobProgress progress) {
        return new CheckProgress() {
            @Override
            public void begins(Area area) {
                progress.tell("progress", Map.of("area", area.tag(), "title", area.title()));
            }

            @Override
            public void found(Area area, List<Finding> findings) {
                findings.forEach(finding -> progress.tell("finding", finding));
            }
        };
    }

    /** The check of that id; expired ones are gone, unknown ones were never there. */
    Job get(String id) {
        Job job =
                jobs.find(id)
                        .orElseThrow(
                                () ->
                                        Problem.of(
                                                HttpStatus.NOT_FOUND,
                                                "unknown-check",
                                                "There is no check of that id."));
        if (jobs.state(job) == JobState.EXPIRED) {
            throw Problem.of(HttpStatus.GONE, "expired", "The check was kept long enough.");
        }
        return job;
    }

    void cancel(Job job) {
        jobs.cancel(job);
    }

    /** How long to wait before asking again. */
    Duration pollInterval() {
        return jobs.pollInterval();
    }

    /** The longest that a check's events can go on: all that wait before it, and itself. */
    Duration longest() {
        return properties.deadline().multipliedBy(properties.queued() + 1L);
    }
}
