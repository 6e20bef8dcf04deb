package dev.gatehouse.tools.frontdoor;

import dev.gatehouse.tools.job.JobProgress;
import dev.gatehouse.tools.job.JobResult;
import dev.gatehouse.tools.outbound.OutboundClient;
import dev.gatehouse.tools.outbound.ResourceBudget;
import dev.gatehouse.tools.outbound.Target;
import dev.gatehouse.tools.outbound.TargetRefusal;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

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

    /**
     * Submits a check, or replays the one that was submitted with the same key; problems are
     * thrown.
     *
     * @param limits tells what is left of the limits, unless the check was replayed
     */
    Job submit(
            CheckLimits.Caller caller,
            CheckRequest request,
            @Nullable String key,
            Consumer<CheckLimits.Decision> limits) {
        CheckTarget target = read(request);
        if (key != null && !KEY.matcher(key).matches()) {
            throw ApiProblem.IDEMPOTENCY_KEY.exception();
        }
        Optional<Submission> before = jobs.replay(caller.key(), key, target);
        if (before.isPresent()) {
            return accepted(before.get());
        }
        CheckLimits.Decision decision = this.limits.take(caller, target.host());
        limits.accept(decision);
        if (!decision.isAllowed()) {
            throw ApiProblem.RATE.exception(decision.retryAfter());
        }
        return accepted(jobs.submit(caller.key(), key, target, work(target)));
    }

    private static Job accepted(Submission submission) {
        return switch (submission) {
            case Submission.Accepted(var job) -> job;
            case Submission.QueueFull(var wait) -> throw ApiProblem.QUEUE_FULL.exception(wait);
            case Submission.KeyReused() -> throw ApiProblem.IDEMPOTENCY_KEY_REUSED.exception();
        };
    }

    private static CheckTarget read(CheckRequest request) {
        String path = request.healthPath() == null ? "/" : request.healthPath();
        if (!PATH.matcher(path).matches()) {
            throw ApiProblem.HEALTH_PATH.exception();
        }
        return switch (Target.parse(request.host() == null ? "" : request.host())) {
            case Target.Accepted(var url) -> new CheckTarget(url.host(), path);
            case Target.Refused(var refusal) -> throw ApiProblem.of(refusal).exception();
        };
    }

    private JobWork work(CheckTarget target) {
        return reporter -> {
            CheckClient client =
                    new CheckClient(
                            outbound,
                            properties.userAgent(),
                            ResourceBudget.of(properties.deadline().minus(GRACE)));
            FrontDoorCheck check = new FrontDoorCheck(client, clock, listener(reporter));
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

    private static FrontDoorCheck.Listener listener(JobReporter reporter) {
        return new FrontDoorCheck.Listener() {

            private int done;

            @Override
            public void begins(Area area) {
                reporter.publish(
                        "progress",
                        new JobProgress(done++, FrontDoorCheck.STEPS, "areas", area.title()));
            }

            @Override
            public void found(List<Finding> findings) {
                findings.forEach(finding -> reporter.publish("finding", finding));
            }
        };
    }

    /** The check with that id; an expired one is 410, an unknown one 404. */
    Job get(String id) {
        Job job = jobs.find(id).orElseThrow(() -> ApiProblem.UNKNOWN_CHECK.exception());
        if (jobs.isExpired(job)) {
            throw ApiProblem.EXPIRED.exception();
        }
        return job;
    }

    /** Cancels a check, which only its caller may. */
    void cancel(CheckLimits.Caller caller, String id) {
        Job job = get(id);
        if (!job.owner().equals(caller.key())) {
            throw ApiProblem.NOT_YOURS.exception();
        }
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
