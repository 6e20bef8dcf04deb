package dev.gatehouse.tools.job.postgres;

import dev.gatehouse.tools.job.Job;
import dev.gatehouse.tools.job.JobAttempt;
import dev.gatehouse.tools.job.JobResult;
import dev.gatehouse.tools.job.JobRunner;
import dev.gatehouse.tools.job.JobState;
import dev.gatehouse.tools.job.JobStoreException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/**
 * One attempt to run a job. A thread of its own writes what the work publishes, all that has come
 * together at a time, and waits while the database is gone. Each of its transactions begins with
 * the row of the job, on the condition that the attempt is still the last one: after that has
 * failed once, the attempt writes nothing any more and its work is interrupted.
 */
final class PostgresAttempt implements JobAttempt {

    private static final Logger logger = LoggerFactory.getLogger(PostgresAttempt.class);

    private static final int MOST_PENDING = 500;
    private static final int MOST_PENDING_CHARACTERS = 2 * 1024 * 1024;

    /** Time in which further events and rows come together, after something was written. */
    private static final long LINGER_MILLIS = 20;

    private final Database database;
    private final JobRunner runner;
    private final JsonMapper json;
    private final Job job;
    private final BooleanSupplier isStopping;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private List<Event> events = new ArrayList<>();
    private Map<RowKey, Row> rows = new LinkedHashMap<>();
    private long pendingCharacters;
    private long lastRow;
    private boolean isWriting;
    private boolean isEnding;
    private boolean isLost;
    private @Nullable Throwable broken;

    PostgresAttempt(
            Database database,
            JobRunner runner,
            JsonMapper json,
            Job job,
            BooleanSupplier isStopping) {
        this.database = database;
        this.isStopping = isStopping;
        this.runner = runner;
        this.json = json;
        this.job = job;
    }

    private record Event(String type, String data) {}

    private record RowKey(String kind, String key) {}

    private record Row(long number, String facets, String data) {}

    private record Batch(List<Event> events, Map<RowKey, Row> rows) {

        boolean isEmpty() {
            return events.isEmpty() && rows.isEmpty();
        }
    }

    @Override
    public Job job() {
        return job;
    }

    @Override
    public void publish(String type, String data) {
        add(data.length(), () -> events.add(new Event(type, data)));
    }

    @Override
    public boolean row(String kind, String key, Map<String, String> facets, String data) {
        Map<String, String> storable = new LinkedHashMap<>();
        facets.forEach((name, value) -> storable.put(name, storable(value)));
        String facetsJson = json.writeValueAsString(storable);
        RowKey id = new RowKey(kind, storable(key));
        return add(
                data.length() + facetsJson.length() + key.length(),
                () -> rows.put(id, new Row(number(rows.get(id)), facetsJson, data)));
    }

    /** A row that replaces one keeps its place, also where that one is still pending. */
    private long number(@Nullable Row before) {
        return before == null ? ++lastRow : before.number();
    }

    /** PostgreSQL has no NUL in a text. */
    static String storable(String text) {
        return text.replace('\0', '\uFFFD');
    }

    /** Waits where much is pending. Interrupted, it keeps the interrupt for the work to see. */
    private boolean add(int characters, Runnable addition) {
        lock.lock();
        try {
            while (!isOver() && isFull()) {
                changed.await();
            }
            if (isOver()) {
                return false;
            }
            addition.run();
            pendingCharacters += characters;
            startWriting();
            return true;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    private boolean isOver() {
        return isLost || broken != null;
    }

    private boolean isFull() {
        return events.size() + rows.size() >= MOST_PENDING
                || pendingCharacters >= MOST_PENDING_CHARACTERS;
    }

    private void startWriting() {
        if (!isWriting) {
            isWriting = true;
            Thread.ofVirtual().name("job-writer-" + job.id()).start(this::writeAll);
        }
    }

    private void writeAll() {
        try {
            for (Batch batch = take(); !batch.isEmpty(); batch = take()) {
                Batch written = batch;
                if (!database.untilDone(client -> write(client, written, null))) {
                    lose();
                }
                linger();
            }
        } catch (Throwable ex) { // the job must end
            breakOff(ex);
        }
    }

    /** Takes all that is pending; the writing ends where that is nothing. */
    private Batch take() {
        lock.lock();
        try {
            Batch batch = new Batch(events, rows);
            events = new ArrayList<>();
            rows = new LinkedHashMap<>();
            pendingCharacters = 0;
            isWriting = !batch.isEmpty();
            changed.signalAll();
            return batch;
        } finally {
            lock.unlock();
        }
    }

    private void linger() throws InterruptedException {
        lock.lock();
        try {
            long left = TimeUnit.MILLISECONDS.toNanos(LINGER_MILLIS);
            while (left > 0 && !isEnding && !isFull()) {
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    /** It may not write any more: its work is of no use. */
    void lose() {
        lock.lock();
        try {
            isLost = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        runner.interrupt(job.id());
    }

    private void breakOff(Throwable ex) {
        logger.error("What a job of {} published could not be written", job.tool(), ex);
        lock.lock();
        try {
            broken = ex;
            isWriting = false;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        runner.interrupt(job.id());
    }

    /** How the job ends. */
    private record End(
            JobState state, @Nullable String report, JobResult.@Nullable Failed failure) {}

    /**
     * Waits while the database is gone. Throws where the process ends before that, so that another
     * instance runs the job again.
     */
    @Override
    public boolean end(
            JobState state, @Nullable String report, JobResult.@Nullable Failed failure) {
        if (isStopping.getAsBoolean() && state != JobState.DONE) {
            throw new JobStoreException("The process ends", new InterruptedException());
        }
        try {
            awaitWritten();
            if (isOver()) {
                return broken != null
                        && end(new End(JobState.FAILED, null, JobRunner.INTERNAL.failure()));
            }
            return end(new End(state, report, failure));
        } catch (InterruptedException ex) {
            throw new JobStoreException("The end of a job could not be written", ex);
        }
    }

    private void awaitWritten() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            isEnding = true;
            changed.signalAll();
            while (isWriting && !isOver()) {
                changed.await();
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean end(End end) throws InterruptedException {
        Batch nothing = new Batch(List.of(), Map.of());
        boolean ended = database.untilDone(client -> write(client, nothing, end));
        if (!ended) {
            lose();
        }
        return ended;
    }

    /** Returns false, and has written nothing, where this is not the attempt that may write. */
    private boolean write(JdbcClient client, Batch batch, @Nullable End end) {
        List<Event> all = new ArrayList<>(batch.events());
        if (end != null) {
            all.add(new Event("state", '"' + end.state().name() + '"'));
        }
        Optional<Long> lastEvent = advance(client, all, end);
        if (lastEvent.isEmpty()) {
            return false;
        }
        if (!all.isEmpty()) {
            insert(client, all, lastEvent.get() - all.size());
            Notifications.event(client, job.id(), lastEvent.get());
        }
        if (!batch.rows().isEmpty()) {
            insert(client, batch.rows());
        }
        return true;
    }

    private Optional<Long> advance(JdbcClient client, List<Event> all, @Nullable End end) {
        String progress =
                all.stream()
                        .filter(event -> event.type().equals("progress"))
                        .map(Event::data)
                        .reduce((_, last) -> last)
                        .orElse(null);
        JobResult.Failed failure = end == null ? null : end.failure();
        return client.sql(
                        """
                        UPDATE job
                        SET last_event = last_event + :events,
                            progress = coalesce(:progress, progress),
                            state = coalesce(:state, state),
                            report = :report,
                            failure_code = :code,
                            failure_text = :text,
                            ended_at = CASE WHEN :ended THEN clock_timestamp() END,
                            expires_at = CASE WHEN :ended THEN clock_timestamp() + kept END
                        WHERE id = :id AND attempt = :attempt AND state = 'RUNNING'
                        RETURNING last_event
                        """)
                .param("events", all.size())
                .param("progress", progress)
                .param("state", end == null ? null : end.state().name())
                .param("report", end == null ? null : end.report())
                .param("code", failure == null ? null : storable(failure.code()))
                .param("text", failure == null ? null : storable(failure.text()))
                .param("ended", end != null)
                .param("id", job.id())
                .param("attempt", job.attempt())
                .query(Long.class)
                .optional();
    }

    private void insert(JdbcClient client, List<Event> all, long before) {
        client.sql(
                        """
                        INSERT INTO job_event (job_id, number, type, data)
                        SELECT :id, :before + number, type, data
                        FROM unnest(:types, :data) WITH ORDINALITY AS e (type, data, number)
                        """)
                .param("id", job.id())
                .param("before", before)
                .param("types", all.stream().map(Event::type).toArray(String[]::new))
                .param("data", all.stream().map(Event::data).toArray(String[]::new))
                .update();
    }

    private void insert(JdbcClient client, Map<RowKey, Row> batch) {
        List<RowKey> keys = List.copyOf(batch.keySet());
        List<Row> values = List.copyOf(batch.values());
        client.sql(
                        """
                        INSERT INTO job_row (job_id, kind, key_hash, number, key, facets, data)
                        SELECT :id, kind, sha256(convert_to(key, 'UTF8')), number, key,
                               facets::jsonb, data
                        FROM unnest(:kinds, :keys, :numbers, :facets, :data)
                            AS r (kind, key, number, facets, data)
                        ON CONFLICT (job_id, kind, key_hash)
                            DO UPDATE SET facets = excluded.facets, data = excluded.data
                        """)
                .param("id", job.id())
                .param("kinds", keys.stream().map(RowKey::kind).toArray(String[]::new))
                .param("keys", keys.stream().map(RowKey::key).toArray(String[]::new))
                .param("numbers", values.stream().map(Row::number).toArray(Long[]::new))
                .param("facets", values.stream().map(Row::facets).toArray(String[]::new))
                .param("data", values.stream().map(Row::data).toArray(String[]::new))
                .update();
    }

    @Override
    public OutputStream part(String name, String mediaType) {
        return new ChunkOutputStream(database, job, name, mediaType);
    }
}
