package dev.gatehouse.tools.job.postgres;

import com.github.kagkarlsson.scheduler.jdbc.JdbcTaskRepositoryContext;
import com.github.kagkarlsson.scheduler.jdbc.PostgreSqlJdbcCustomization;
import com.github.kagkarlsson.scheduler.task.Execution;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Has db-scheduler lock and fetch of each task only as many executions as may still run on this
 * instance: a tool whose jobs take long must not hold the threads of the others, and the jobs that
 * it may not run yet are left to other instances.
 */
final class ToolSlots extends PostgreSqlJdbcCustomization {

    private static final String LOCK_AND_FETCH =
            """
            WITH fetched AS (
                UPDATE scheduled_tasks AS due
                SET picked = true, picked_by = ?, last_heartbeat = ?, version = due.version + 1
                WHERE (due.task_name, due.task_instance) IN (
                    SELECT first.task_name, first.task_instance
                    FROM unnest(?, ?) AS task (name, free)
                    CROSS JOIN LATERAL (
                        SELECT task_name, task_instance, execution_time FROM scheduled_tasks
                        WHERE task_name = task.name AND NOT picked AND execution_time <= ?
                        ORDER BY execution_time
                        LIMIT task.free
                        FOR UPDATE SKIP LOCKED
                    ) AS first
                    ORDER BY first.execution_time
                    LIMIT ?
                )
                RETURNING due.*
            )
            SELECT * FROM fetched ORDER BY execution_time
            """;

    private final Map<String, Supplier<Integer>> mostByTask;
    private final Map<String, Integer> taken = new HashMap<>();

    /**
     * @param mostByTask the name of each task, and how many of its executions may run at a time
     */
    ToolSlots(Map<String, Supplier<Integer>> mostByTask) {
        super(false, false);
        this.mostByTask = Map.copyOf(mostByTask);
    }

    @Override
    public synchronized List<Execution> lockAndFetchSingleStatement(
            JdbcTaskRepositoryContext context, Instant now, int limit, boolean byPriority) {
        Map<String, Integer> free = free();
        if (free.isEmpty()) {
            return List.of();
        }
        List<Execution> fetched =
                context.jdbcRunner.query(
                        LOCK_AND_FETCH,
                        statement -> {
                            statement.setString(1, context.schedulerName.getName());
                            setInstant(statement, 2, now);
                            statement.setObject(3, free.keySet().toArray(String[]::new));
                            statement.setObject(4, free.values().toArray(Integer[]::new));
                            setInstant(statement, 5, now);
                            statement.setInt(6, limit);
                        },
                        context.resultSetMapper.get());
        fetched.forEach(
                execution -> taken.merge(execution.taskInstance.getTaskName(), 1, Integer::sum));
        return fetched;
    }

    private Map<String, Integer> free() {
        Map<String, Integer> free = new HashMap<>();
        mostByTask.forEach(
                (task, most) -> {
                    int left = most.get() - taken.getOrDefault(task, 0);
                    if (left > 0) {
                        free.put(task, left);
                    }
                });
        return free;
    }

    /** An execution of that task is over. */
    synchronized void release(String task) {
        taken.merge(task, -1, Integer::sum);
    }
}
