package dev.gatehouse.tools.job;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The jobs of one tool, in memory: a restart forgets them, and another instance knows nothing of
 * them.
 */
public final class Jobs {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int ID_BYTES = 16;

    private final JobLimits limits;
    private final Clock clock;
    private final JobRunner runner;
    private final Map<String, Job> byId = new LinkedHashMap<>();
    private final Map<String, String> idByKey = new LinkedHashMap<>();

    public Jobs(JobLimits limits, Clock clock) {
        this.limits = limits;
        this.clock = clock;
        this.runner = new JobRunner(limits, clock);
    }

    /**
     * Hands work in.
     *
     * @param key the caller's idempotency key, already made the caller's own, or null
     * @param request what is asked for: the same key with another request is refused
     */
    public synchronized Submission submit(@Nullable String key, Object request, JobWork work) {
        forgetOld();
        Job before = key == null ? null : byId.get(idByKey.getOrDefault(key, ""));
        if (before != null) {
            return before.request().equals(request)
                    ? new Submission.Accepted(before)
                    : new Submission.KeyReused();
        }
        if (waiting() >= limits.queued()) {
            return new Submission.QueueFull(limits.deadline());
        }
        Job job = new Job(newId(), request, clock.instant());
        byId.put(job.id(), job);
        if (key != null) {
            idByKey.put(key, job.id());
        }
        runner.run(job, work);
        return new Submission.Accepted(job);
    }

    /** The job of that id, expired ones for a while as well. */
    public synchronized Optional<Job> find(String id) {
        forgetOld();
        return Optional.ofNullable(byId.get(id));
    }

    /** How it stands: a job that was kept long enough has expired. */
    public JobState state(Job job) {
        Instant ended = job.endedAt();
        return ended != null && ended.plus(limits.kept()).isBefore(clock.instant())
                ? JobState.EXPIRED
                : job.state();
    }

    /** Ends it now, if it is not over. */
    public void cancel(Job job) {
        if (job.end(JobState.CANCELLED, null, clock.instant())) {
            job.interrupt();
        }
    }

    private long waiting() {
        return byId.values().stream().filter(job -> job.state() == JobState.QUEUED).count();
    }

    /** An expired job is remembered as such for as long again. */
    private void forgetOld() {
        Instant oldest = clock.instant().minus(limits.kept().plus(limits.kept()));
        Iterator<Job> jobs = byId.values().iterator();
        while (jobs.hasNext()) {
            Instant ended = jobs.next().endedAt();
            boolean tooMany = byId.size() > limits.remembered();
            if (ended != null && (tooMany || ended.isBefore(oldest))) {
                jobs.remove();
            }
        }
        idByKey.values().retainAll(byId.keySet());
    }

    /** 128 bits that nobody guesses: to know the id is to be allowed to look. */
    private static String newId() {
        byte[] bytes = new byte[ID_BYTES];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** How long to wait before asking for a job again. */
    public Duration pollInterval() {
        return Duration.ofSeconds(2);
    }
}
