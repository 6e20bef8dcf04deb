package dev.gatehouse.tools.job;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FastByteArrayOutputStream;

/**
 * Jobs in memory: a restart forgets them, and other instances do not know them. All results
 * together have a limit; to make room, the result that ended first is removed.
 */
public final class MemoryJobStore implements JobStore {

    private static final int THREADS_PER_PROCESSOR = 2;
    private static final int IDLE_SECONDS = 30;

    /** Each look at all jobs costs time under the lock. */
    private static final Duration REMOVAL_INTERVAL = Duration.ofMillis(200);

    /** What a job, an event or a row costs beside its text. */
    private static final int OVERHEAD = 200;

    private final JobTools tools;
    private final JobRunner runner;
    private final Clock clock;
    private final String instance;
    private final long mostBytes;

    /** One lock for everything: nothing slow is done under it. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Map<String, Entry> byId = new LinkedHashMap<>();
    private final Map<Key, String> idByKey = new HashMap<>();
    private final Map<String, Executor> threads = new HashMap<>();
    private long bytes;
    private Instant nextRemoval = Instant.MIN;

    /**
     * @param instance the name of this instance
     * @param mostBytes the limit of all results together
     */
    public MemoryJobStore(
            JobTools tools, JobRunner runner, Clock clock, String instance, long mostBytes) {
        this.tools = tools;
        this.runner = runner;
        this.clock = clock;
        this.instance = instance;
        this.mostBytes = mostBytes;
    }

    private record Key(String tool, String caller, String key) {

        static @Nullable Key of(NewJob job) {
            return job.key() == null ? null : new Key(job.tool(), job.caller(), job.key());
        }
    }

    /** The rows of a kind: in their order, and by their keys. */
    private static final class Rows {

        private final NavigableMap<Long, JobRow> byNumber = new TreeMap<>();
        private final Map<String, Long> numbers = new HashMap<>();
    }

    /** A job and everything that belongs to it, guarded by the lock. */
    private static final class Entry {

        private final NewJob spec;
        private final Instant createdAt;
        private final Condition changed;
        private final List<JobEvent> events = new ArrayList<>();
        private final Map<String, Rows> rows = new HashMap<>();
        private final Map<String, JobPart> parts = new HashMap<>();
        private JobState state = JobState.QUEUED;
        private @Nullable String progress;
        private @Nullable String report;
        private JobResult.@Nullable Failed failure;
        private @Nullable Instant startedAt;
        private @Nullable Instant endedAt;
        private long lastEvent;
        private long lastRow;
        private long bytes;
        private boolean evicted;

        Entry(NewJob spec, Instant createdAt, Condition changed) {
            this.spec = spec;
            this.createdAt = createdAt;
            this.changed = changed;
        }

        /** A result that was removed to make room is no longer kept from its end on. */
        @Nullable Instant expiresAt() {
            return endedAt == null || evicted ? endedAt : endedAt.plus(spec.kept());
        }

        Job job(String instance) {
            return new Job(
                    spec.id(),
                    spec.tool(),
                    spec.caller(),
                    spec.request(),
                    state,
                    progress,
                    report,
                    failure,
                    createdAt,
                    startedAt,
                    endedAt,
                    expiresAt(),
                    instance,
                    startedAt == null ? 0 : 1,
                    lastEvent);
        }

        void publish(String type, String data) {
            lastEvent++;
            events.add(new JobEvent(lastEvent, type, data));
            if (type.equals("progress")) {
                progress = data;
            }
            changed.signalAll();
        }

        void enter(JobState next) {
            state = next;
            publish("state", '"' + next.name() + '"');
        }
    }

    @Override
    public boolean isShared() {
        return false;
    }

    private <T> T locked(Supplier<T> action) {
        lock.lock();
        try {
            return action.get();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Optional<Submission> replay(NewJob job) {
        return locked(
                () -> {
                    removeExpired();
                    return Optional.ofNullable(Key.of(job))
                            .map(idByKey::get)
                            .map(byId::get)
                            .map(
                                    before ->
                                            before.spec.request().equals(job.request())
                                                    ? new Submission.Replayed(before.job(instance))
                                                    : new Submission.KeyReused());
                });
    }

    @Override
    public Submission submit(NewJob spec) {
        return locked(() -> replay(spec).orElseGet(() -> store(spec)));
    }

    private Submission store(NewJob spec) {
        int size = 4 * OVERHEAD + spec.request().length(); // with the events of its states
        if (unfinished(spec.tool(), spec.caller()) >= spec.unfinished()) {
            return new Submission.TooManyUnfinished();
        }
        if (counts(spec.tool()).queued() >= spec.queued() || !reserve(size)) {
            return new Submission.QueueFull();
        }
        Entry entry = new Entry(spec, clock.instant(), lock.newCondition());
        entry.bytes = size;
        byId.put(spec.id(), entry);
        Key key = Key.of(spec);
        if (key != null) {
            idByKey.put(key, spec.id());
        }
        entry.enter(JobState.QUEUED);
        threads.computeIfAbsent(spec.tool(), this::threads)
                .execute(() -> begin(entry).ifPresent(runner::run));
        return new Submission.Accepted(entry.job(instance));
    }

    /** Platform threads of low priority: the virtual ones serve the connectors. */
    @SuppressWarnings("ThreadPriorityCheck") // it counts where the JVM has -XX:ThreadPriorityPolicy
    private Executor threads(String tool) {
        int most = Runtime.getRuntime().availableProcessors() * THREADS_PER_PROCESSOR;
        int size = Math.min(tools.get(tool).tool().get().limits().atOnce(), most);
        ThreadPoolExecutor pool =
                new ThreadPoolExecutor(
                        size,
                        size,
                        IDLE_SECONDS,
                        TimeUnit.SECONDS,
                        new LinkedBlockingQueue<>(), // submit bounds it
                        Thread.ofPlatform()
                                .daemon()
                                .priority(Thread.MIN_PRIORITY)
                                .name("job-" + tool + "-", 0)
                                .factory());
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    private Optional<JobAttempt> begin(Entry entry) {
        return locked(
                () -> {
                    if (entry.state != JobState.QUEUED) {
                        return Optional.empty();
                    }
                    entry.startedAt = clock.instant();
                    entry.enter(JobState.RUNNING);
                    return Optional.of(new Attempt(entry, entry.job(instance)));
                });
    }

    /** Ends it, once: later calls change nothing. */
    private boolean end(
            Entry entry,
            JobState state,
            @Nullable String report,
            JobResult.@Nullable Failed failure) {
        if (entry.state.isFinal()) {
            return false;
        }
        if (report != null) {
            entry.bytes += report.length();
            bytes += report.length();
        }
        entry.report = report;
        entry.failure = failure;
        entry.endedAt = clock.instant();
        entry.enter(state);
        return true;
    }

    @Override
    public Optional<Job> findReusable(String tool, String reuseKey, Instant notBefore) {
        return locked(
                () ->
                        byId.values().stream()
                                .filter(entry -> reuseKey.equals(entry.spec.reuseKey()))
                                .map(entry -> entry.job(instance))
                                .filter(job -> job.tool().equals(tool))
                                .filter(job -> job.state() == JobState.DONE)
                                .filter(job -> !job.createdAt().isBefore(notBefore))
                                .filter(job -> !job.isExpired(clock.instant()))
                                .max(Comparator.comparing(Job::createdAt)));
    }

    @Override
    public List<Job> results(String tool, String caller, int limit) {
        return locked(
                () ->
                        byId.values().stream()
                                .filter(entry -> !entry.evicted)
                                .map(entry -> entry.job(instance))
                                .filter(job -> job.tool().equals(tool))
                                .filter(job -> job.caller().equals(caller))
                                .filter(job -> job.state().hasResult())
                                .filter(job -> !job.isExpired(clock.instant()))
                                .sorted(Comparator.comparing(Job::createdAt).reversed())
                                .limit(limit)
                                .toList());
    }

    @Override
    public Optional<Job> find(String id) {
        return locked(
                () -> {
                    removeExpired();
                    return Optional.ofNullable(byId.get(id)).map(entry -> entry.job(instance));
                });
    }

    @Override
    public boolean cancel(String id) {
        boolean cancelled =
                locked(
                        () -> {
                            Entry entry = byId.get(id);
                            return entry != null && end(entry, JobState.CANCELLED, null, null);
                        });
        if (cancelled) {
            runner.interrupt(id);
        }
        return cancelled;
    }

    @Override
    public List<JobEvent> events(String id, long after, int limit) {
        return locked(
                () -> {
                    Entry entry = byId.get(id);
                    return entry == null
                            ? List.of()
                            : entry.events.stream()
                                    .skip(Math.max(0, after)) // numbered from 1
                                    .limit(limit)
                                    .toList();
                });
    }

    @Override
    public boolean awaitEvent(String id, long after, Duration timeout) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            Entry entry = byId.get(id);
            long left = timeout.toNanos();
            while (entry != null && entry.lastEvent <= after) {
                if (left <= 0) {
                    return false;
                }
                left = entry.changed.awaitNanos(left);
            }
            return entry != null;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public List<JobRow> rows(String id, RowQuery query) {
        return locked(
                () -> {
                    Entry entry = byId.get(id);
                    Rows rows = entry == null ? null : entry.rows.get(query.kind());
                    return rows == null
                            ? List.of()
                            : rows.byNumber.tailMap(query.after(), false).values().stream()
                                    .filter(row -> matches(row, query.facets()))
                                    .limit(query.limit())
                                    .toList();
                });
    }

    private static boolean matches(JobRow row, Map<String, List<String>> facets) {
        return facets.entrySet().stream()
                .allMatch(facet -> facet.getValue().contains(row.facets().get(facet.getKey())));
    }

    @Override
    public Optional<JobPart> part(String id, String name) {
        return locked(() -> Optional.ofNullable(byId.get(id)).map(entry -> entry.parts.get(name)));
    }

    @Override
    public JobCounts counts(String tool) {
        return locked(
                () -> new JobCounts(count(tool, JobState.QUEUED), count(tool, JobState.RUNNING)));
    }

    private long unfinished(String tool, String caller) {
        return byId.values().stream()
                .filter(e -> e.endedAt == null)
                .filter(e -> e.spec.tool().equals(tool) && e.spec.caller().equals(caller))
                .count();
    }

    private int count(String tool, JobState state) {
        return (int)
                byId.values().stream()
                        .filter(e -> e.spec.tool().equals(tool) && e.state == state)
                        .count();
    }

    /** An expired job is known as such for as long again as it was kept. */
    private void removeExpired() {
        Instant now = clock.instant();
        if (now.isBefore(nextRemoval)) {
            return;
        }
        nextRemoval = now.plus(REMOVAL_INTERVAL);
        for (Entry entry : List.copyOf(byId.values())) {
            Instant expiresAt = entry.expiresAt();
            if (expiresAt == null || now.isBefore(expiresAt)) {
                continue;
            }
            removeResult(entry);
            if (!now.isBefore(expiresAt.plus(entry.spec.kept()))) {
                byId.remove(entry.spec.id());
                bytes -= entry.bytes;
            }
        }
    }

    /** Its key is free again, and what is left of it says only that it is no longer kept. */
    private void removeResult(Entry entry) {
        Key key = Key.of(entry.spec);
        if (key != null) {
            idByKey.remove(key, entry.spec.id());
        }
        entry.report = null;
        entry.progress = null;
        entry.events.clear();
        entry.rows.clear();
        entry.parts.clear();
        bytes -= entry.bytes - OVERHEAD;
        entry.bytes = OVERHEAD;
    }

    /** Makes room, by the results that ended first, and takes it if there is enough. */
    private boolean reserve(long wanted) {
        while (bytes + wanted > mostBytes) {
            Optional<Entry> oldest =
                    byId.values().stream()
                            .filter(entry -> entry.endedAt != null)
                            .min(
                                    Comparator.comparing((Entry entry) -> entry.evicted)
                                            .thenComparing(
                                                    entry ->
                                                            Objects.requireNonNull(entry.endedAt)));
            if (oldest.isEmpty()) {
                return false;
            }
            evict(oldest.get());
        }
        bytes += wanted;
        return true;
    }

    private void evict(Entry entry) {
        if (entry.evicted) {
            byId.remove(entry.spec.id());
            bytes -= entry.bytes;
        } else {
            removeResult(entry);
            entry.evicted = true;
        }
    }

    private boolean reserve(Entry entry, long wanted) {
        if (entry.state.isFinal() || !reserve(wanted)) {
            return false;
        }
        entry.bytes += wanted;
        return true;
    }

    private final class Attempt implements JobAttempt {

        private final Entry entry;
        private final Job job;

        Attempt(Entry entry, Job job) {
            this.entry = entry;
            this.job = job;
        }

        @Override
        public Job job() {
            return job;
        }

        @Override
        public void publish(String type, String json) {
            locked(
                    () -> {
                        if (reserve(entry, json.length() + OVERHEAD)) {
                            entry.publish(type, json);
                        }
                        return true;
                    });
        }

        @Override
        public boolean row(String kind, String key, Map<String, String> facets, String json) {
            return locked(() -> put(kind, key, Map.copyOf(facets), json));
        }

        private boolean put(String kind, String key, Map<String, String> facets, String json) {
            Rows rows = entry.rows.computeIfAbsent(kind, _ -> new Rows());
            Long before = rows.numbers.get(key);
            JobRow replaced = before == null ? null : rows.byNumber.get(before);
            long size =
                    replaced == null
                            ? json.length() + OVERHEAD
                            : json.length() - replaced.json().length();
            if (!reserve(entry, size)) {
                return false;
            }
            long number = before == null ? ++entry.lastRow : before;
            rows.numbers.put(key, number);
            rows.byNumber.put(number, new JobRow(number, kind, key, facets, json));
            return true;
        }

        @Override
        public OutputStream part(String name, String mediaType) {
            return new PartStream(name, mediaType);
        }

        @Override
        public boolean end(
                JobState state, @Nullable String report, JobResult.@Nullable Failed failure) {
            return locked(() -> MemoryJobStore.this.end(entry, state, report, failure));
        }

        /** Takes room for what is written before it is kept. */
        private final class PartStream extends OutputStream {

            private final String name;
            private final String mediaType;
            private final FastByteArrayOutputStream content = new FastByteArrayOutputStream();

            PartStream(String name, String mediaType) {
                this.name = name;
                this.mediaType = mediaType;
            }

            @Override
            public void write(int b) throws IOException {
                write(new byte[] {(byte) b}, 0, 1);
            }

            @Override
            public void write(byte[] source, int offset, int length) throws IOException {
                if (!locked(() -> reserve(entry, length))) {
                    throw new IOException("There is no room for the result");
                }
                content.write(source, offset, length);
            }

            @Override
            public void close() throws IOException {
                if (!locked(this::keep)) {
                    throw new IOException("There is no room for the result");
                }
            }

            private boolean keep() {
                JobPart replaced = entry.parts.get(name);
                if (!reserve(entry, replaced == null ? OVERHEAD : -replaced.size())) {
                    return false;
                }
                entry.parts.put(
                        name, new JobPart(mediaType, content.size(), content::getInputStream));
                return true;
            }
        }
    }
}
