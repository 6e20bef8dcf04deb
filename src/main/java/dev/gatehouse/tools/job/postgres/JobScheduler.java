package dev.gatehouse.tools.job.postgres;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.event.AbstractSchedulerListener;
import com.github.kagkarlsson.scheduler.logging.LogLevel;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import dev.gatehouse.tools.job.JobRunner;
import dev.gatehouse.tools.job.JobState;
import dev.gatehouse.tools.job.JobTools;
import dev.gatehouse.tools.job.ToolRegistration;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Has db-scheduler run the jobs: it locks and fetches what is due, keeps a heartbeat for what runs,
 * and finds what an instance left behind when it died. A job is a task of its tool's name.
 */
final class JobScheduler {

    private static final String RETENTION = "jobs-retention";
    private static final Duration POLLING = Duration.ofMillis(500);

    /**
     * db-scheduler takes an execution for dead after four missed heartbeats, and looks for such
     * every second heartbeat: 12 to 24 s after the process died.
     */
    private static final Duration HEARTBEAT = Duration.ofSeconds(4);

    private static final int MISSED_HEARTBEATS = 4;

    /** A job whose work ends the process that runs it must not end one after the other. */
    private static final int MOST_ATTEMPTS = 5;

    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final Duration RETENTION_INTERVAL = Duration.ofMinutes(1);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(3);
    private static final int IDLE_SECONDS = 30;

    private final Database database;
    private final PostgresJobStore store;
    private final JobRunner runner;
    private final String instance;
    private final int workers;
    private final Runnable retention;
    private final ToolSlots slots;
    private final Scheduler scheduler;
    private final Set<String> used = ConcurrentHashMap.newKeySet();
    private volatile boolean stopping;
    private boolean started;

    /**
     * @param workers jobs that run at the same time on this instance
     * @param retention removes what is no longer kept, on one of the instances
     */
    JobScheduler(
            Database database,
            PostgresJobStore store,
            JobRunner runner,
            JobTools tools,
            String instance,
            int workers,
            Runnable retention) {
        this.database = database;
        this.store = store;
        this.runner = runner;
        this.instance = instance;
        this.workers = workers;
        this.retention = retention;
        Map<String, Supplier<Integer>> mostByTask = new HashMap<>(Map.of(RETENTION, () -> 1));
        tools.all().forEach(tool -> mostByTask.put(tool.name(), () -> most(tool)));
        this.slots = new ToolSlots(mostByTask);
        this.scheduler = build(tools);
    }

    /** One until the tool is loaded, which its first job does. */
    private int most(ToolRegistration tool) {
        return used.contains(tool.name())
                ? Math.min(workers, tool.tool().get().limits().atOnce())
                : 1;
    }

    private Scheduler build(JobTools tools) {
        List<OneTimeTask<Void>> jobs = tools.all().stream().map(this::task).toList();
        RecurringTask<Void> cleaning =
                Tasks.recurring(RETENTION, FixedDelay.of(RETENTION_INTERVAL))
                        .execute((_, _) -> retention.run());
        return Scheduler.create(database.workPool(), new ArrayList<>(jobs))
                .startTasks(List.of(cleaning))
                .schedulerName(new SchedulerName.Fixed(instance))
                .jdbcCustomization(slots)
                .clock(database::now)
                .threads(workers)
                .executorService(threads())
                .pollUsingLockAndFetch(0.5, 1.0)
                .pollingInterval(POLLING)
                .heartbeatInterval(HEARTBEAT)
                .missedHeartbeatsLimit(MISSED_HEARTBEATS)
                .shutdownMaxWait(STOP_TIMEOUT)
                .failureLogging(LogLevel.DEBUG, false)
                .addSchedulerListener(
                        new AbstractSchedulerListener() {

                            @Override
                            public void onExecutionComplete(ExecutionComplete complete) {
                                slots.release(complete.getExecution().taskInstance.getTaskName());
                            }
                        })
                .build();
    }

    private OneTimeTask<Void> task(ToolRegistration tool) {
        return Tasks.oneTime(tool.name())
                .onFailure(this::runAgain)
                .onDeadExecution(
                        (complete, operations) -> {
                            operations.reschedule(complete, database.now());
                            scheduler().triggerCheckForDueExecutions();
                        })
                .execute((execution, _) -> run(tool, execution.getId()));
    }

    /** The store could not be written to, or this process ends: another instance goes on. */
    private void runAgain(ExecutionComplete complete, ExecutionOperations<Void> operations) {
        Instant now = database.now();
        operations.reschedule(complete, stopping ? now : now.plus(RETRY));
    }

    private void run(ToolRegistration tool, String id) {
        used.add(tool.name());
        store.begin(id, () -> stopping).ifPresent(this::run);
    }

    private void run(PostgresAttempt attempt) {
        try {
            if (attempt.job().attempt() > MOST_ATTEMPTS) {
                attempt.end(JobState.FAILED, null, JobRunner.INTERNAL.failure());
            } else {
                runner.run(attempt);
            }
        } finally {
            store.release(attempt);
        }
    }

    /** Platform threads of low priority: the virtual ones serve the connectors. */
    @SuppressWarnings("ThreadPriorityCheck") // it counts where the JVM has -XX:ThreadPriorityPolicy
    private ExecutorService threads() {
        ThreadPoolExecutor pool =
                new ThreadPoolExecutor(
                        workers,
                        workers,
                        IDLE_SECONDS,
                        TimeUnit.SECONDS,
                        new LinkedBlockingQueue<>(),
                        Thread.ofPlatform()
                                .daemon()
                                .priority(Thread.MIN_PRIORITY)
                                .name("job-", 0)
                                .factory()) {

                    // A thread is free: the next job does not wait for the next poll.
                    @Override
                    protected void afterExecute(Runnable task, @Nullable Throwable thrown) {
                        scheduler().triggerCheckForDueExecutions();
                    }
                };
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    private Scheduler scheduler() {
        return scheduler;
    }

    /** Begins to run jobs; the schema must be there. */
    synchronized void start() {
        if (!started && !stopping) {
            started = true;
            scheduler.start();
        }
    }

    /** While the database is gone each poll would be an error in the log. */
    void setPaused(boolean paused) {
        if (paused) {
            scheduler.pause();
        } else {
            scheduler.resume();
        }
    }

    /** There is something to run. */
    void wake() {
        scheduler.triggerCheckForDueExecutions();
    }

    /** Interrupts what runs, and leaves it to other instances. */
    synchronized void stop() {
        stopping = true;
        if (started) {
            scheduler.stop();
        }
    }
}
