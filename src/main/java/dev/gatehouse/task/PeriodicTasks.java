package dev.gatehouse.task;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.context.SmartLifecycle;

/**
 * All periodic tasks of the process: starts them after the web server, stops them before anything
 * else, and reports them as health component {@code tasks} and as metrics.
 */
public final class PeriodicTasks extends AbstractHealthIndicator
        implements SmartLifecycle, MeterBinder {

    /** A run that was interrupted may finish, such as the restart of a connector. */
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(5);

    private final List<PeriodicTask> started = new ArrayList<>();
    private final List<PeriodicTask> all = new CopyOnWriteArrayList<>();
    private boolean running;

    /** Adds a task that runs as long as the application does. */
    public PeriodicTask add(String name, Duration pause, PeriodicTask.Body body) {
        return add(name, () -> pause, body);
    }

    /** As above, with a pause that is asked for after each run. */
    public synchronized PeriodicTask add(
            String name, Supplier<Duration> pause, PeriodicTask.Body body) {
        PeriodicTask task = addUnstarted(name, pause, body);
        started.add(task);
        if (running) {
            task.start();
        }
        return task;
    }

    /** Adds a task that its owner starts and stops. */
    public PeriodicTask addUnstarted(
            String name, Supplier<Duration> pause, PeriodicTask.Body body) {
        PeriodicTask task = new PeriodicTask(name, pause, body, System::nanoTime);
        add(task);
        return task;
    }

    void add(PeriodicTask task) {
        all.add(task);
    }

    @Override
    public synchronized void start() {
        running = true;
        started.forEach(PeriodicTask::start);
    }

    @Override
    public synchronized void stop() {
        running = false;
        long end = System.nanoTime() + STOP_TIMEOUT.toNanos();
        List<Thread> threads =
                started.stream().map(PeriodicTask::interrupt).filter(Objects::nonNull).toList();
        try {
            for (Thread thread : threads) {
                thread.join(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return running;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        TreeMap<String, PeriodicTask.Report> reports = new TreeMap<>();
        all.forEach(task -> reports.put(task.name(), task.report()));
        boolean overdue = reports.values().stream().anyMatch(PeriodicTask.Report::overdue);
        (overdue ? builder.down() : builder.up()).withDetails(reports);
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        for (PeriodicTask task : all) {
            FunctionCounter.builder("gatehouse.tasks.failures", task, PeriodicTask::failures)
                    .description("Runs of a background task that threw an exception")
                    .tag("task", task.name())
                    .register(registry);
            TimeGauge.builder(
                            "gatehouse.tasks.last.success.timestamp",
                            task,
                            TimeUnit.MILLISECONDS,
                            t -> System.currentTimeMillis() - t.sinceLastSuccess().toMillis())
                    .description(
                            "Time when a background task last succeeded, in seconds since 1970")
                    .tag("task", task.name())
                    .register(registry);
            TimeGauge.builder(
                            "gatehouse.tasks.success.age",
                            task,
                            TimeUnit.NANOSECONDS,
                            t -> t.sinceLastSuccess().toNanos())
                    .description(
                            "Seconds since a background task last succeeded; in the next release"
                                    + " only as a timestamp")
                    .tag("task", task.name())
                    .register(registry);
            Gauge.builder("gatehouse.tasks.overdue", task, t -> t.isOverdue() ? 1 : 0)
                    .description("1 while a background task has not succeeded for too long")
                    .tag("task", task.name())
                    .register(registry);
        }
    }
}
