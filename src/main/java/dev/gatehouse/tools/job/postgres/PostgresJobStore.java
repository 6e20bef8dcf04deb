package dev.gatehouse.tools.job.postgres;

import dev.gatehouse.tools.job.Job;
import dev.gatehouse.tools.job.JobCounts;
import dev.gatehouse.tools.job.JobEvent;
import dev.gatehouse.tools.job.JobPart;
import dev.gatehouse.tools.job.JobResult;
import dev.gatehouse.tools.job.JobRow;
import dev.gatehouse.tools.job.JobRunner;
import dev.gatehouse.tools.job.JobState;
import dev.gatehouse.tools.job.JobStore;
import dev.gatehouse.tools.job.NewJob;
import dev.gatehouse.tools.job.RowQuery;
import dev.gatehouse.tools.job.Submission;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Jobs in PostgreSQL, the same for every instance. */
final class PostgresJobStore implements JobStore {

    private static final TypeReference<Map<String, String>> FACETS = new TypeReference<>() {};

    /** An expired job is known as such for as long again as it was kept. */
    private static final String KNOWN = " (expires_at IS NULL OR now() < expires_at + kept) ";

    private static final String UNEXPIRED = " (expires_at IS NULL OR now() < expires_at) ";

    private final Database database;
    private final EventWatch watch;
    private final JobRunner runner;
    private final String instance;
    private final JsonMapper json;
    private final Map<String, PostgresAttempt> attempts = new ConcurrentHashMap<>();

    /**
     * @param instance the name of this instance
     */
    PostgresJobStore(
            Database database,
            EventWatch watch,
            JobRunner runner,
            String instance,
            JsonMapper json) {
        this.database = database;
        this.watch = watch;
        this.runner = runner;
        this.instance = instance;
        this.json = json;
    }

    @Override
    public void requireWritable() {
        database.requireWritable();
    }

    @Override
    public boolean isShared() {
        return true;
    }

    /**
     * The job, its first event and its execution by db-scheduler are stored at once. Of requests at
     * the same moment a few may pass a bound that is just being reached.
     */
    @Override
    public Submission submit(NewJob job) {
        return database.requestInTransaction(
                client -> {
                    if (job.key() != null) {
                        freeKeyOfExpired(client, job);
                    }
                    Optional<Submission> accepted =
                            insert(client, job).map(Submission.Accepted::new);
                    return accepted.or(() -> replay(client, job))
                            .orElseGet(() -> refusal(client, job));
                });
    }

    private static void freeKeyOfExpired(JdbcClient client, NewJob job) {
        client.sql(
                        """
                        UPDATE job SET idempotency_key = NULL
                        WHERE caller = :caller AND tool = :tool AND idempotency_key = :key
                          AND expires_at <= now()
                        """)
                .param("caller", job.caller())
                .param("tool", job.tool())
                .param("key", job.key())
                .update();
    }

    private Optional<Job> insert(JdbcClient client, NewJob job) {
        return client.sql(
                        """
                        WITH accepted AS (
                            INSERT INTO job
                                (id, tool, caller, idempotency_key, reuse_key, request, instance, kept)
                            SELECT :id, :tool, :caller, :key, :reuseKey, :request, :instance,
                                   :kept * interval '1 millisecond'
                            WHERE (SELECT count(*) FILTER (WHERE state = 'QUEUED') < :queued
                                          AND count(*) FILTER (WHERE caller = :caller) < :unfinished
                                   FROM job WHERE tool = :tool AND ended_at IS NULL)
                            ON CONFLICT (caller, tool, idempotency_key)
                                WHERE idempotency_key IS NOT NULL DO NOTHING
                            RETURNING *
                        ), event AS (
                            INSERT INTO job_event (job_id, number, type, data)
                            SELECT id, 1, 'state', '"QUEUED"' FROM accepted
                        ), execution AS (
                            INSERT INTO scheduled_tasks
                                (task_name, task_instance, execution_time, picked, version)
                            SELECT tool, id, now(), false, 1 FROM accepted
                        )
                        SELECT accepted.*, pg_notify(:channel, 'queued') FROM accepted
                        """)
                .param("id", job.id())
                .param("tool", job.tool())
                .param("caller", job.caller())
                .param("key", job.key())
                .param("reuseKey", job.reuseKey())
                .param("request", job.request())
                .param("instance", instance)
                .param("kept", job.kept().toMillis())
                .param("queued", job.queued())
                .param("unfinished", job.unfinished())
                .param("channel", Notifications.CHANNEL)
                .query(PostgresJobStore::job)
                .optional();
    }

    private static Submission refusal(JdbcClient client, NewJob job) {
        int unfinished =
                client.sql(
                                "SELECT count(*) FROM job WHERE tool = :tool AND caller = :caller"
                                        + " AND ended_at IS NULL")
                        .param("tool", job.tool())
                        .param("caller", job.caller())
                        .query(Integer.class)
                        .single();
        return unfinished < job.unfinished()
                ? new Submission.QueueFull()
                : new Submission.TooManyUnfinished();
    }

    @Override
    public Optional<Submission> replay(NewJob job) {
        return job.key() == null
                ? Optional.empty()
                : database.request(client -> replay(client, job));
    }

    private static Optional<Submission> replay(JdbcClient client, NewJob job) {
        if (job.key() == null) {
            return Optional.empty();
        }
        return client.sql(
                        "SELECT * FROM job WHERE caller = :caller AND tool = :tool"
                                + " AND idempotency_key = :key AND"
                                + UNEXPIRED)
                .param("caller", job.caller())
                .param("tool", job.tool())
                .param("key", job.key())
                .query(PostgresJobStore::job)
                .optional()
                .map(
                        before ->
                                before.request().equals(job.request())
                                        ? new Submission.Replayed(before)
                                        : new Submission.KeyReused());
    }

    @Override
    public Optional<Job> findReusable(String tool, String reuseKey, Instant notBefore) {
        return database.request(
                client ->
                        client.sql(
                                        """
                                        SELECT * FROM job
                                        WHERE tool = :tool AND reuse_key = :key AND state = 'DONE'
                                          AND created_at >= :notBefore AND now() < expires_at
                                        ORDER BY created_at DESC LIMIT 1
                                        """)
                                .param("tool", tool)
                                .param("key", reuseKey)
                                .param("notBefore", notBefore.atOffset(ZoneOffset.UTC))
                                .query(PostgresJobStore::job)
                                .optional());
    }

    @Override
    public List<Job> results(String tool, String caller, int limit) {
        return database.request(
                client ->
                        client.sql(
                                        """
                                        SELECT * FROM job
                                        WHERE tool = :tool AND caller = :caller
                                          AND state IN ('DONE', 'PARTIAL') AND now() < expires_at
                                        ORDER BY created_at DESC LIMIT :limit
                                        """)
                                .param("tool", tool)
                                .param("caller", caller)
                                .param("limit", limit)
                                .query(PostgresJobStore::job)
                                .list());
    }

    @Override
    public Optional<Job> find(String id) {
        return database.request(
                client ->
                        client.sql("SELECT * FROM job WHERE id = :id AND" + KNOWN)
                                .param("id", id)
                                .query(PostgresJobStore::job)
                                .optional());
    }

    @Override
    public boolean cancel(String id) {
        boolean cancelled =
                database.requestInTransaction(
                        client -> {
                            Optional<Long> event =
                                    client.sql(
                                                    """
                                                    UPDATE job
                                                    SET state = 'CANCELLED', ended_at = now(),
                                                        expires_at = now() + kept,
                                                        last_event = last_event + 1
                                                    WHERE id = :id AND ended_at IS NULL
                                                    RETURNING last_event
                                                    """)
                                            .param("id", id)
                                            .query(Long.class)
                                            .optional();
                            if (event.isEmpty()) {
                                return false;
                            }
                            append(client, id, event.get(), "state", "\"CANCELLED\"");
                            client.sql(
                                            "DELETE FROM scheduled_tasks"
                                                    + " WHERE task_instance = :id AND NOT picked"
                                                    + " AND task_name ="
                                                    + " (SELECT tool FROM job WHERE id = :id)")
                                    .param("id", id)
                                    .update();
                            Notifications.cancelled(client, id);
                            return true;
                        });
        if (cancelled) {
            stop(id);
        }
        return cancelled;
    }

    /** Appends an event whose number is the job's last one now, and says so to all instances. */
    static void append(JdbcClient client, String id, long number, String type, String data) {
        client.sql("INSERT INTO job_event VALUES (:id, :number, :type, :data)")
                .param("id", id)
                .param("number", number)
                .param("type", type)
                .param("data", data)
                .update();
        Notifications.event(client, id, number);
    }

    @Override
    public List<JobEvent> events(String id, long after, int limit) {
        return database.request(
                client ->
                        client.sql(
                                        """
                                        SELECT number, type, data FROM job_event
                                        WHERE job_id = :id AND number > :after
                                        ORDER BY number LIMIT :limit
                                        """)
                                .param("id", id)
                                .param("after", after)
                                .param("limit", limit)
                                .query(
                                        (row, _) ->
                                                new JobEvent(
                                                        row.getLong("number"),
                                                        row.getString("type"),
                                                        row.getString("data")))
                                .list());
    }

    @Override
    public boolean awaitEvent(String id, long after, Duration timeout) throws InterruptedException {
        return watch.await(id, after, timeout);
    }

    @Override
    public List<JobRow> rows(String id, RowQuery query) {
        StringBuilder sql =
                new StringBuilder(
                        "SELECT * FROM job_row WHERE job_id = :id AND kind = :kind"
                                + " AND number > :after");
        Map<String, Object> parameters = new TreeMap<>();
        query.facets()
                .forEach(
                        (name, values) -> {
                            int n = parameters.size();
                            sql.append(" AND facets ->> :name%d = ANY (:values%d)".formatted(n, n));
                            parameters.put("name" + n, name);
                            parameters.put(
                                    "values" + n,
                                    values.stream()
                                            .map(PostgresAttempt::storable)
                                            .toArray(String[]::new));
                        });
        sql.append(" ORDER BY number LIMIT :limit");
        return database.request(
                client ->
                        client.sql(sql.toString())
                                .param("id", id)
                                .param("kind", query.kind())
                                .param("after", query.after())
                                .param("limit", query.limit())
                                .params(parameters)
                                .query((row, _) -> row(row))
                                .list());
    }

    private JobRow row(ResultSet row) throws SQLException {
        return new JobRow(
                row.getLong("number"),
                row.getString("kind"),
                row.getString("key"),
                json.readValue(row.getString("facets"), FACETS),
                row.getString("data"));
    }

    @Override
    public Optional<JobPart> part(String id, String name) {
        return database.request(
                client ->
                        client.sql("SELECT * FROM job_part WHERE job_id = :id AND name = :name")
                                .param("id", id)
                                .param("name", name)
                                .query(
                                        (row, _) -> {
                                            int attempt = row.getInt("attempt");
                                            return new JobPart(
                                                    row.getString("media_type"),
                                                    row.getLong("size"),
                                                    () ->
                                                            new ChunkInputStream(
                                                                    database, id, name, attempt));
                                        })
                                .optional());
    }

    @Override
    public JobCounts counts(String tool) {
        return database.request(
                client ->
                        client.sql(
                                        """
                                        SELECT count(*) FILTER (WHERE state = 'QUEUED') AS queued,
                                               count(*) FILTER (WHERE state = 'RUNNING') AS running
                                        FROM job WHERE tool = :tool AND ended_at IS NULL
                                        """)
                                .param("tool", tool)
                                .query(
                                        (row, _) ->
                                                new JobCounts(
                                                        row.getInt("queued"),
                                                        row.getInt("running")))
                                .single());
    }

    /**
     * Begins a new attempt to run a job, by which every earlier one loses the right to write; empty
     * where the job has ended.
     *
     * @param isStopping whether the process ends, so that work is cut short for that alone
     */
    Optional<PostgresAttempt> begin(String id, BooleanSupplier isStopping) {
        Optional<Job> begun =
                database.workInTransaction(
                        client -> {
                            Optional<Job> job =
                                    client.sql(
                                                    """
                                                    UPDATE job
                                                    SET state = 'RUNNING', attempt = attempt + 1,
                                                        instance = :instance, progress = NULL,
                                                        started_at = coalesce(started_at, now()),
                                                        last_event = last_event + 1
                                                    WHERE id = :id AND ended_at IS NULL
                                                    RETURNING *
                                                    """)
                                            .param("id", id)
                                            .param("instance", instance)
                                            .query(PostgresJobStore::job)
                                            .optional();
                            job.ifPresent(
                                    begin -> {
                                        if (begin.attempt() > 1) {
                                            removeResult(client, id);
                                        }
                                        append(
                                                client,
                                                id,
                                                begin.lastEvent(),
                                                "state",
                                                "\"RUNNING\"");
                                    });
                            return job;
                        });
        return begun.map(
                job -> {
                    PostgresAttempt attempt =
                            new PostgresAttempt(database, runner, json, job, isStopping);
                    attempts.put(id, attempt);
                    return attempt;
                });
    }

    /** The attempt is over, however it ended. */
    void release(PostgresAttempt attempt) {
        attempts.remove(attempt.job().id(), attempt);
    }

    /** The ids of the jobs that run on this instance. */
    Set<String> running() {
        return Set.copyOf(attempts.keySet());
    }

    /** Stops the work of a job that was cancelled or taken by another instance, if it runs here. */
    void stop(String id) {
        PostgresAttempt attempt = attempts.get(id);
        if (attempt != null) {
            attempt.lose();
        }
    }

    private static void removeResult(JdbcClient client, String id) {
        for (String table : List.of("job_row", "job_part", "job_part_chunk")) {
            client.sql("DELETE FROM " + table + " WHERE job_id = :id").param("id", id).update();
        }
    }

    private static Job job(ResultSet row, int number) throws SQLException {
        String failure = row.getString("failure_code");
        return new Job(
                row.getString("id"),
                row.getString("tool"),
                row.getString("caller"),
                row.getString("request"),
                JobState.valueOf(row.getString("state")),
                row.getString("progress"),
                row.getString("report"),
                failure == null
                        ? null
                        : new JobResult.Failed(failure, row.getString("failure_text")),
                instant(row, "created_at").orElseThrow(),
                instant(row, "started_at").orElse(null),
                instant(row, "ended_at").orElse(null),
                instant(row, "expires_at").orElse(null),
                row.getString("instance"),
                row.getInt("attempt"),
                row.getLong("last_event"));
    }

    private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        @Nullable OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return Optional.ofNullable(time).map(OffsetDateTime::toInstant);
    }
}
