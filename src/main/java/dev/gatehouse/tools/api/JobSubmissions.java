package dev.gatehouse.tools.api;

import dev.gatehouse.tools.job.Acceptance;
import dev.gatehouse.tools.job.Job;
import dev.gatehouse.tools.job.JobLimits;
import dev.gatehouse.tools.job.JobStore;
import dev.gatehouse.tools.job.JobTool;
import dev.gatehouse.tools.job.NewJob;
import dev.gatehouse.tools.job.RateLimiter;
import dev.gatehouse.tools.job.Submission;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Accepts jobs within their limits. Problems are thrown. */
class JobSubmissions {

    /** A gateway that does not name its users speaks for many. */
    static final int GATEWAY_FACTOR = 10;

    /** One caller may not take the queue from all others. */
    private static final int SHARE_OF_QUEUE = 4;

    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,255}");
    private static final Duration QUEUE_RETRY = Duration.ofSeconds(9);

    private final JobStore store;
    private final RateLimiter limiter;
    private final JsonMapper json;
    private final Clock clock;

    JobSubmissions(JobStore store, RateLimiter limiter, JsonMapper json, Clock clock) {
        this.store = store;
        this.limiter = limiter;
        this.json = json;
        this.clock = clock;
    }

    /**
     * Submits a job, or replays the one that was submitted with the same key, or finds an earlier
     * one with the same result.
     *
     * @param key the caller's idempotency key, or null
     * @param levels is told what is left of the limits, where they were asked
     */
    <R> Job submit(
            JobTool<R> tool,
            Caller caller,
            R request,
            @Nullable String key,
            Consumer<RateLimiter.Decision> levels) {
        if (key != null && !KEY.matcher(key).matches()) {
            throw ApiProblem.IDEMPOTENCY_KEY.exception();
        }
        return switch (tool.accept(request)) {
            case Acceptance.Refused<R>(var problem) -> throw ApiProblem.of(problem);
            case Acceptance.Accepted<R>(var accepted, var target) ->
                    submit(tool, caller, accepted, target, key, levels);
        };
    }

    private <R> Job submit(
            JobTool<R> tool,
            Caller caller,
            R request,
            String target,
            @Nullable String key,
            Consumer<RateLimiter.Decision> levels) {
        Optional<JobTool.Reuse> reuse = tool.reuse(request);
        JobLimits limits = tool.limits();
        JobLimits.Plan plan = limits.plan(caller.plan());
        int queued = plan == null || plan.queued() == null ? limits.queued() : plan.queued();
        NewJob job =
                new NewJob(
                        NewJob.newId(),
                        tool.name(),
                        caller.key(),
                        key,
                        json.writeValueAsString(request),
                        reuse.map(JobTool.Reuse::key).orElse(null),
                        queued,
                        caller.isGateway()
                                ? Integer.MAX_VALUE
                                : Math.max(1, queued / SHARE_OF_QUEUE),
                        limits.kept());
        Optional<Submission> before = key == null ? Optional.empty() : store.replay(job);
        if (before.isPresent()) {
            return job(before.get());
        }
        Optional<Job> reusable =
                key == null
                        ? reuse.flatMap(
                                r ->
                                        store.findReusable(
                                                tool.name(),
                                                r.key(),
                                                clock.instant().minus(r.maxAge())))
                        : Optional.empty();
        if (reusable.isPresent()) {
            return reusable.get();
        }
        RateLimiter.Decision decision = limiter.take(limits(tool, limits, plan, caller, target));
        levels.accept(decision);
        if (!decision.isAllowed()) {
            throw ApiProblem.RATE.exception(decision.levels().getLast().refill());
        }
        return job(store.submit(job));
    }

    private static List<RateLimiter.Limit> limits(
            JobTool<?> tool,
            JobLimits limits,
            JobLimits.@Nullable Plan plan,
            Caller caller,
            String target) {
        int perCaller =
                plan == null || plan.perCaller() == null ? limits.perCaller() : plan.perCaller();
        int factor = caller.isGateway() ? GATEWAY_FACTOR : 1;
        String prefix = tool.name() + "|";
        return List.of(
                new RateLimiter.Limit(
                        "caller", prefix + "caller|" + caller.key(), perCaller * factor),
                new RateLimiter.Limit("target", prefix + "target|" + target, limits.perTarget()),
                new RateLimiter.Limit("total", prefix + "total", limits.inTotal()));
    }

    private static Job job(Submission submission) {
        return switch (submission) {
            case Submission.Accepted(var job) -> job;
            case Submission.Replayed(var job) -> job;
            case Submission.QueueFull() -> throw ApiProblem.QUEUE_FULL.exception(QUEUE_RETRY);
            case Submission.TooManyUnfinished() ->
                    throw ApiProblem.UNFINISHED_JOBS.exception(QUEUE_RETRY);
            case Submission.KeyReused() -> throw ApiProblem.IDEMPOTENCY_KEY_REUSED.exception();
        };
    }
}
