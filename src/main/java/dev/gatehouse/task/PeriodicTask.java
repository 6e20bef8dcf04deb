package dev.gatehouse.task;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A background task on a platform thread of its own: neither a task that hangs nor a process whose
 * virtual threads are starved delays another task. It runs once at the start, then again after each
 * pause. Whatever a run throws, Errors included, is logged once per streak of failures, counted,
 * and followed by the next run.
 */
public final class PeriodicTask {

    private static final Logger logger = LoggerFactory.getLogger(PeriodicTask.class);

    /** A task is overdue when three runs in a row are missing or failed, and this time passed. */
    private static final Duration OVERDUE_MARGIN = Duration.ofSeconds(30);

    private static final int MISSED_RUNS = 3;

    private final String name;
    private final Supplier<Duration> pause;
    private final Body body;
    private final LongSupplier nanoTime;
    private final AtomicLong runs = new AtomicLong();
    private final AtomicLong failures = new AtomicLong();
    private volatile Duration lastPause;
    private volatile long lastSuccessNanos;
    private volatile @Nullable Instant lastSuccess;
    private volatile @Nullable String lastError;
    private volatile @Nullable Thread thread;
    private volatile boolean stopped;
    private long failuresInARow;

    PeriodicTask(String name, Supplier<Duration> pause, Body body, LongSupplier nanoTime) {
        this.name = name;
        this.pause = pause;
        this.body = body;
        this.nanoTime = nanoTime;
        this.lastPause = pause.get();
    }

    /** What a task does in one run. */
    @FunctionalInterface
    public interface Body {

        void run() throws Exception;
    }

    /**
     * The state of a task.
     *
     * @param lastSuccess end of the last run without an exception, or null before the first
     * @param runs number of runs since the start of the process
     * @param failures number of those that threw
     * @param lastError what the last run threw, or null if it succeeded
     * @param overdue whether the task is started, but has not succeeded for too long
     */
    public record Report(
            @Nullable Instant lastSuccess,
            long runs,
            long failures,
            @Nullable String lastError,
            boolean overdue) {}

    public String name() {
        return name;
    }

    public Report report() {
        return new Report(lastSuccess, runs.get(), failures.get(), lastError, isOverdue());
    }

    public long failures() {
        return failures.get();
    }

    /** Time since the last success, or since the start before the first. */
    public Duration sinceLastSuccess() {
        return Duration.ofNanos(nanoTime.getAsLong() - lastSuccessNanos);
    }

    public boolean isOverdue() {
        Duration allowed = lastPause.multipliedBy(MISSED_RUNS).plus(OVERDUE_MARGIN);
        return isRunning() && sinceLastSuccess().compareTo(allowed) > 0;
    }

    public boolean isRunning() {
        return thread != null;
    }

    /** Starts the task, or does nothing if it runs. */
    public synchronized void start() {
        if (thread == null) {
            stopped = false;
            lastSuccessNanos = nanoTime.getAsLong();
            thread = Thread.ofPlatform().daemon().name(name).unstarted(this::loop);
            thread.start();
        }
    }

    /** Interrupts the task, without waiting for its end. */
    public synchronized void stop() {
        interrupt();
    }

    /** Interrupts the thread of the task and returns it, or null if the task does not run. */
    synchronized @Nullable Thread interrupt() {
        Thread running = thread;
        thread = null;
        stopped = true;
        if (running != null) {
            running.interrupt();
        }
        return running;
    }

    private void loop() {
        while (isCurrent()) {
            runAndContinue();
            try {
                Thread.sleep(lastPause);
            } catch (InterruptedException _) {
                // stopped, unless the body interrupted its own thread
            }
        }
    }

    private boolean isCurrent() {
        return Thread.currentThread().equals(thread);
    }

    private void runAndContinue() {
        try {
            runOnce();
        } catch (Throwable _) {
            failures.incrementAndGet(); // the log failed too, perhaps for want of memory
        }
    }

    /** Runs the body once, and never throws what the body throws. */
    void runOnce() {
        runs.incrementAndGet();
        try {
            body.run();
            lastPause = pause.get();
            succeeded();
        } catch (Throwable thrown) {
            if (!stopped) {
                failed(thrown);
            }
        }
    }

    private void succeeded() {
        lastSuccessNanos = nanoTime.getAsLong();
        lastSuccess = Instant.now();
        lastError = null;
        if (failuresInARow > 0) {
            logger.info("Task {} succeeds again, after {} failures", name, failuresInARow);
            failuresInARow = 0;
        }
    }

    private void failed(Throwable thrown) {
        failures.incrementAndGet();
        lastError = thrown.toString();
        if (failuresInARow++ == 0) {
            logger.warn("Task {} failed, and runs again in {}", name, lastPause, thrown);
        } else {
            logger.debug("Task {} failed again", name, thrown);
        }
    }
}
