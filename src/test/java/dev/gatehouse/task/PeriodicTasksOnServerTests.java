package dev.gatehouse.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.testing.RunningGatehouse;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The tasks of a running server. */
class PeriodicTasksOnServerTests {

    private static RunningGatehouse gatehouse;

    @BeforeAll
    static void start() {
        gatehouse =
                RunningGatehouse.start(
                        "gatehouse.connector.scan-report-interval=100ms",
                        "gatehouse.status.look-interval=100ms",
                        "gatehouse.gateway-secret-refresh=100ms",
                        "gatehouse.tls.check-interval=100ms");
    }

    @AfterAll
    static void stop() {
        gatehouse.close();
    }

    @Test
    void everyLoopOfTheServerIsATask() {
        assertThat(tasks().health().getDetails())
                .containsKeys(
                        "probe-http",
                        "probe-https",
                        "watch-http",
                        "watch-https",
                        "certificates",
                        "gateway-secrets",
                        "scan-report",
                        "slow-connections-http",
                        "slow-connections-https",
                        "status-history");
    }

    @Test
    void everyTaskRunsOnWhenItsThreadIsInterrupted() {
        Map<String, Object> before = tasks().health().getDetails();
        Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> before.containsKey(thread.getName()))
                .forEach(Thread::interrupt);

        before.forEach(
                (name, report) -> await().until(() -> report(name).runs() > runs(report) + 1));
        assertThat(before.keySet()).noneMatch(name -> report(name).overdue());
    }

    private static PeriodicTasks tasks() {
        return gatehouse.bean(PeriodicTasks.class);
    }

    private static PeriodicTask.Report report(String name) {
        return (PeriodicTask.Report)
                Objects.requireNonNull(tasks().health().getDetails().get(name));
    }

    private static long runs(Object report) {
        return ((PeriodicTask.Report) report).runs();
    }
}
