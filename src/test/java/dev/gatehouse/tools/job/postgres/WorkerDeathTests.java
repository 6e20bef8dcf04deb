package dev.gatehouse.tools.job.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.connector.ConnectorName;
import dev.gatehouse.testing.GatehouseProcess;
import dev.gatehouse.testing.PostgresServer;
import dev.gatehouse.testing.RunningGatehouse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A worker whose process is killed: the jobs that it ran end on another one. */
class WorkerDeathTests {

    /** An instance's jobs are taken over 12 to 24 s after it was last heard of. */
    private static final Duration DEAD_AND_RUN_AGAIN = Duration.ofMinutes(3);

    private static final int JOBS = 20;

    @TempDir Path folder;

    @Test
    void jobsWhenTheirWorkerIsKilledEndOnceOnAnother() throws Exception {
        String url = PostgresServer.shared().newDatabase();
        try (GatehouseProcess victim =
                        GatehouseProcess.start(
                                folder,
                                List.of(),
                                GatehouseWithTimedTool.class,
                                properties(url, "victim"));
                RunningGatehouse survivor =
                        RunningGatehouse.startWith(
                                new Class<?>[] {GatehouseWithTimedTool.class},
                                properties(url, "survivor"))) {
            JobClient client = new JobClient(victim.port(ConnectorName.HTTP));
            await().ignoreExceptions() // a request of a cold process on a busy machine
                    .until(() -> client.post(0, 1).status() == 202);
            List<String> jobs = new ArrayList<>();
            for (int i = 0; i < JOBS; i++) {
                jobs.add(client.submit(1_500, 3));
            }
            Database database = survivor.bean(Database.class);
            await().until(() -> runningOn("victim", database) > 0);

            victim.signal("KILL");

            JobClient other = new JobClient(survivor.port(ConnectorName.HTTP));
            await().atMost(DEAD_AND_RUN_AGAIN)
                    .until(() -> jobs.stream().allMatch(job -> other.state(job).equals("DONE")));
            for (String job : jobs) {
                List<JobClient.Received> events = other.followEvents(job, 100);
                assertThat(events).filteredOn(JobClient.Received::isLast).hasSize(1);
                assertThat(events)
                        .extracting(JobClient.Received::id)
                        .isSorted()
                        .doesNotHaveDuplicates();
                assertThat(other.view(job).at("/report/steps")).hasSize(3);
            }
            assertThat(attempts(database)).isGreaterThan(JOBS);
        }
    }

    private static String[] properties(String url, String name) {
        return PostgresServer.properties(
                url, "gatehouse.instance=" + name, "gatehouse.jobs.workers=4");
    }

    private static int runningOn(String instance, Database database) {
        return database.request(
                client ->
                        client.sql(
                                        "SELECT count(*) FROM job"
                                                + " WHERE state = 'RUNNING' AND instance = :name")
                                .param("name", instance)
                                .query(Integer.class)
                                .single());
    }

    private static int attempts(Database database) {
        return database.request(
                client ->
                        client.sql("SELECT sum(attempt) FROM job WHERE request LIKE '%1500%'")
                                .query(Integer.class)
                                .single());
    }
}
