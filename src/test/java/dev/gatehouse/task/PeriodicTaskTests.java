package dev.gatehouse.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class PeriodicTaskTests {

    private static final Duration SHORT = Duration.ofMillis(1);

    private final AtomicLong nanos = new AtomicLong();

    @Test
    void runsAgainWhenARunThrowsAnExceptionOrAnError(CapturedOutput output) {
        Iterator<Runnable> failures =
                List.<Runnable>of(
                                () -> {
                                    throw new IllegalStateException("first");
                                },
                                () -> {
                                    throw new OutOfMemoryError("second");
                                },
                                () -> {
                                    throw new StackOverflowError("third");
                                })
                        .iterator();
        AtomicInteger successes = new AtomicInteger();
        PeriodicTasks tasks = new PeriodicTasks();
        PeriodicTask task =
                tasks.add(
                        "sample",
                        SHORT,
                        () -> {
                            if (failures.hasNext()) {
                                failures.next().run();
                            }
                            successes.incrementAndGet();
                        });
        tasks.start();
        await().untilAsserted(() -> assertThat(successes).hasValueGreaterThan(1));
        tasks.stop();
        assertThat(task.report().failures()).isEqualTo(3);
        assertThat(task.report().lastError()).isNull();
        assertThat(output).containsOnlyOnce("Task sample failed").contains("first");
        assertThat(output).contains("Task sample succeeds again, after 3 failures");
    }

    @Test
    void runsAgainWhenThePauseCannotBeTold() {
        AtomicInteger runs = new AtomicInteger();
        AtomicInteger pauses = new AtomicInteger();
        PeriodicTasks tasks = new PeriodicTasks();
        tasks.add(
                "sample",
                () -> {
                    if (pauses.getAndIncrement() == 1) {
                        throw new IllegalStateException("no pause");
                    }
                    return SHORT;
                },
                runs::incrementAndGet);
        tasks.start();
        await().untilAsserted(() -> assertThat(runs).hasValueGreaterThan(2));
        tasks.stop();
    }

    @Test
    void runsAgainWhenTheBodyInterruptsItsOwnThread() {
        AtomicInteger runs = new AtomicInteger();
        PeriodicTasks tasks = new PeriodicTasks();
        tasks.add(
                "sample",
                SHORT,
                () -> {
                    runs.incrementAndGet();
                    Thread.currentThread().interrupt();
                });
        tasks.start();
        await().untilAsserted(() -> assertThat(runs).hasValueGreaterThan(2));
        tasks.stop();
    }

    @Test
    void runsOnAPlatformThread() {
        AtomicInteger platform = new AtomicInteger();
        PeriodicTasks tasks = new PeriodicTasks();
        tasks.add(
                "sample",
                SHORT,
                () -> platform.addAndGet(Thread.currentThread().isVirtual() ? 0 : 1));
        tasks.start();
        await().untilAsserted(() -> assertThat(platform).hasPositiveValue());
        tasks.stop();
    }

    @Test
    void stopInterruptsARunAndWaitsForIt(CapturedOutput output) throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        AtomicInteger ended = new AtomicInteger();
        PeriodicTasks tasks = new PeriodicTasks();
        tasks.add(
                "sample",
                SHORT,
                () -> {
                    begun.countDown();
                    try {
                        new CountDownLatch(1).await();
                    } finally {
                        ended.incrementAndGet();
                    }
                });
        tasks.start();
        begun.await();
        tasks.stop();
        assertThat(ended).hasValue(1);
        assertThat(output).doesNotContain("failed");
    }

    @Test
    void taskAddedWhileOthersRunIsStarted() {
        AtomicInteger runs = new AtomicInteger();
        PeriodicTasks tasks = new PeriodicTasks();
        tasks.start();
        tasks.add("late", SHORT, runs::incrementAndGet);
        await().untilAsserted(() -> assertThat(runs).hasPositiveValue());
        tasks.stop();
    }

    @Test
    void isOverdueWhenThreeRunsAndAMarginPassedWithoutSuccess() {
        PeriodicTask task = task(() -> {});
        startAndAwaitFirstRun(task);
        nanos.addAndGet(Duration.ofSeconds(60).toNanos());
        assertThat(task.isOverdue()).isFalse();
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(task.isOverdue()).isTrue();
        task.runOnce();
        assertThat(task.isOverdue()).isFalse();
        assertThat(task.report().lastSuccess()).isNotNull();
        task.stop();
    }

    @Test
    void failedRunIsNoSuccess() {
        PeriodicTask task =
                task(
                        () -> {
                            throw new IllegalStateException("broken");
                        });
        startAndAwaitFirstRun(task);
        nanos.addAndGet(Duration.ofSeconds(61).toNanos());
        task.runOnce();
        assertThat(task.report().overdue()).isTrue();
        assertThat(task.report().lastError()).contains("broken");
        task.stop();
    }

    @Test
    void stoppedTaskIsNotOverdue() {
        PeriodicTask task = task(() -> {});
        nanos.addAndGet(Duration.ofHours(1).toNanos());
        assertThat(task.isOverdue()).isFalse();
    }

    @Test
    void healthIsDownWhileATaskIsOverdue() {
        PeriodicTasks tasks = new PeriodicTasks();
        PeriodicTask task = task(() -> {});
        tasks.add(task);
        assertThat(tasks.health().getStatus()).isEqualTo(Status.UP);
        startAndAwaitFirstRun(task);
        nanos.addAndGet(Duration.ofHours(1).toNanos());
        Health health = tasks.health();
        assertThat(health.getStatus()).isEqualTo(Status.DOWN);
        assertThat(health.getDetails()).containsOnlyKeys("sample");
        task.stop();
    }

    @Test
    void metricsHaveATagForEachTask() {
        PeriodicTasks tasks = new PeriodicTasks();
        PeriodicTask task =
                tasks.add(
                        "sample",
                        SHORT,
                        () -> {
                            throw new IllegalStateException("broken");
                        });
        task.runOnce();
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        tasks.bindTo(registry);
        assertThat(registry.get("gatehouse.tasks.failures").tag("task", "sample").functionCounter())
                .returns(1.0, FunctionCounter::count);
        assertThat(registry.get("gatehouse.tasks.overdue").tag("task", "sample").gauge().value())
                .isZero();
        assertThat(registry.get("gatehouse.tasks.success.age").timeGauge()).isNotNull();
    }

    private PeriodicTask task(PeriodicTask.Body body) {
        return new PeriodicTask("sample", () -> Duration.ofSeconds(10), body, nanos::get);
    }

    /** Starts it and awaits the first run, after which it pauses. */
    private static void startAndAwaitFirstRun(PeriodicTask task) {
        task.start();
        await().until(
                        () ->
                                task.report().lastSuccess() != null
                                        || task.report().lastError() != null);
    }
}
