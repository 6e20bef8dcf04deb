package dev.gatehouse.tools.frontdoor;

import dev.gatehouse.tools.job.JobState;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The jobs of one tool, in memory: a restart forgets them, and other instances do not know them.
 */
public final class Jobs {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int ID_BYTES = 16;

    private final JobLimits limits;
    private final Clock clock;
    private final JobRunner runner;
    private final Map<String, Job> byId = new LinkedHashMap<>();
    private final Map<Key, String> idByKey = new HashMap<>();

    public Jobs(JobLimits limits, Clock clock) {
        this.limits = limits;
        this.clock = clock;
        this.runner = new JobRunner(limits, clock);
    }

    private record Key(String owner, String key) {}

    /** The job that the owner has submitted with that idempotency key, if there is one. */
    public synchronized Optional<Submission> replay(
            String owner, @Nullable String key, Object request) {
        removeExpired();
        return Optional.ofNullable(key)
                .map(k -> idByKey.get(new Key(owner, k)))
                .map(byId::get)
                .map(
                        job ->
                                job.request().equals(request)
                                        ? new Submission.Accepted(job)
                                        : new Submission.KeyReused());
    }

    /**
     * Submits work, or replays what was submitted with the same key.
     *
     * @param owner who submits it
     * @param key the owner's idempotency key, or null
     * @param request what is requested: the same key with another request is refused
     */
    public synchronized Submission submit(
            String owner, @Nullable String key, Object request, JobWork work) {
        Optional<Submission> before = replay(owner, key, request);
        if (before.isPresent()) {
            return before.get();
        }
        if (waiting() >= limits.queued()) {
            return new Submission.QueueFull(limits.deadline());
        }
        Job job = new Job(newId(), owner, request, clock.instant());
        byId.put(job.id(), job);
        if (key != null) {
            idByKey.put(new Key(owner, key), job.id());
        }
        runner.run(job, work);
        return new Submission.Accepted(job);
    }

    /** The job with that id; an expired one for a while as well. */
    public synchronized Optional<Job> find(String id) {
        removeExpired();
        return Optional.ofNullable(byId.get(id));
    }

    /** Whether it ended so long ago that its result is no longer kept. */
    public boolean isExpired(Job job) {
        Instant ended = job.endedAt();
        return ended != null && ended.plus(limits.kept()).isBefore(clock.instant());
    }

    /** Cancels it, if it has not ended. */
    public void cancel(Job job) {
        if (job.end(JobState.CANCELLED, null, clock.instant())) {
            job.interrupt();
        }
    }

    private long waiting() {
        return byId.values().stream().filter(job -> job.state() == JobState.QUEUED).count();
    }

    /** An expired job is known as such for as long again. */
    private void removeExpired() {
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

    /** 128 random bits: to know the id is to be allowed to read the job. */
    private static String newId() {
        byte[] bytes = new byte[ID_BYTES];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** How long a client should wait between two polls. */
    public Duration pollInterval() {
        return Duration.ofSeconds(2);
    }
}
