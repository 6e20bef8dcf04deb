package dev.gatehouse.tools.job.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.connector.ConnectorName;
import dev.gatehouse.testing.LoadBalancer;
import dev.gatehouse.testing.PostgresServer;
import dev.gatehouse.testing.RawHttp;
import dev.gatehouse.testing.RunningGatehouse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Two whole instances behind a load balancer are one service. */
class SharedServiceTests {

    /** An instance's jobs are taken over 12 to 24 s after it was last heard of. */
    private static final Duration DEAD_AND_RUN_AGAIN = Duration.ofMinutes(3);

    private static final int JOBS = 200;
    private static final int CLIENTS = 16;
    private static final int STEPS = 5;

    private static PostgresServer database;
    private static RunningGatehouse first;
    private static RunningGatehouse second;
    private static LoadBalancer balancer;
    private static JobClient client;

    @BeforeAll
    static void start() {
        database = PostgresServer.start();
        String url = database.newDatabase();
        first = start(url, "first");
        second = start(url, "second");
        AtomicInteger next = new AtomicInteger();
        balancer = new LoadBalancer("127.0.0.1");
        balancer.leadTo(
                connector -> (next.getAndIncrement() % 2 == 0 ? first : second).port(connector));
        client = new JobClient(balancer.port(ConnectorName.HTTP));
    }

    /** Each instance notices by itself that the database is back. */
    @BeforeEach
    void awaitDatabase() {
        await().until(() -> isAvailable(first) && isAvailable(second));
    }

    private static RunningGatehouse start(String url, String name) {
        return RunningGatehouse.startWith(
                new Class<?>[] {GatehouseWithTimedTool.class},
                PostgresServer.properties(
                        url,
                        "gatehouse.instance=" + name,
                        "gatehouse.jobs.workers=8",
                        "gatehouse.api.open-per-caller=1000"));
    }

    private static boolean isAvailable(RunningGatehouse gatehouse) {
        return gatehouse.bean(Database.class).isWritable();
    }

    @AfterAll
    static void stop() {
        balancer.close();
        first.close();
        second.close();
        database.close();
    }

    @Test
    void jobsWhenFollowedOnBothInstancesAreTheSameEverywhere() throws Exception {
        List<Callable<String>> visits =
                IntStream.range(0, JOBS).<Callable<String>>mapToObj(n -> () -> follow(n)).toList();
        Set<String> instances = new HashSet<>();
        try (ExecutorService clients = Executors.newFixedThreadPool(CLIENTS)) {
            for (Future<String> visit : clients.invokeAll(visits)) {
                instances.add(visit.get());
            }
        }

        assertThat(instances).containsExactlyInAnyOrder("first", "second");
    }

    /** Submits a job, reads it in each form, and returns where it ran. */
    private static String follow(int n) {
        String job = client.submit(20, STEPS, "Idempotency-Key: key-" + n);
        List<JobClient.Received> events = client.followEvents(job, 2 + n % 4);

        assertThat(events)
                .extracting(JobClient.Received::id)
                .containsExactlyElementsOf(LongStream.rangeClosed(1, STEPS + 3).boxed().toList());
        String page = job.replace("/api/v1/timed/runs", "/tools/timed");
        assertThat(client.getAgain(page, "text/html").body()).contains("Result:");
        assertThat(client.view(job).at("/report/steps")).hasSize(STEPS);
        if (n % 10 == 0) {
            assertThat(client.getAgain(job + "/steps?limit=3", "application/json").status())
                    .isEqualTo(200);
            assertThat(client.submit(20, STEPS, "Idempotency-Key: key-" + n)).isEqualTo(job);
        }
        return client.view(job).get("instance").asString();
    }

    @Test
    void serviceWhenTheDatabaseIsGoneServesTheSiteAndGoesOnAfterwards() {
        List<String> jobs = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            jobs.add(client.submit(500, 2));
        }

        database.stop();

        await().until(() -> !isAvailable(first) && !isAvailable(second));
        RawHttp.Response refused = client.post(1, 1);
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.header("Content-Type")).contains("application/problem+json");
        assertThat(refused.header("Retry-After")).isPresent();
        assertThat(client.get(jobs.getFirst(), "application/json").status()).isEqualTo(503);
        for (RunningGatehouse instance : List.of(first, second)) {
            assertThat(status(instance, "/")).isEqualTo(200);
            assertThat(status(instance, "/ping")).isEqualTo(200);
            assertThat(status(instance, "/actuator/health/liveness")).isEqualTo(200);
            assertThat(status(instance, "/actuator/health/readiness")).isEqualTo(200);
        }

        database.startAgain();

        awaitDatabase();
        for (String job : jobs) {
            await().atMost(DEAD_AND_RUN_AGAIN)
                    .ignoreExceptions()
                    .until(() -> client.state(job).equals("DONE"));
            List<JobClient.Received> events = client.followEvents(job, 100);
            assertThat(events).filteredOn(JobClient.Received::isLast).hasSize(1);
            assertThat(client.view(job).at("/report/steps")).hasSize(2);
        }
    }

    @Test
    void statusWhenAskedShowsAllInstances() {
        await().untilAsserted(
                        () -> {
                            JsonNode instances =
                                    JsonMapper.shared()
                                            .readTree(whole("/status", "application/json"))
                                            .get("instances");
                            assertThat(instances)
                                    .extracting(instance -> instance.get("name").asString())
                                    .containsExactly("first", "second");
                            assertThat(instances)
                                    .extracting(
                                            instance -> instance.at("/verdicts/https").asString())
                                    .doesNotContain("unknown", "");
                        });
        assertThat(whole("/status", "text/html")).contains("Instances", "first", "second");
    }

    /** The body, not in chunks. */
    private static String whole(String path, String accept) {
        return RawHttp.plain(
                        client.port(),
                        RawHttp.request(
                                "GET " + path + " HTTP/1.0",
                                "Host: localhost",
                                "Accept: " + accept))
                .body();
    }

    private static int status(RunningGatehouse instance, String path) {
        return instance.https(
                        RawHttp.request(
                                "GET " + path + " HTTP/1.1",
                                "Host: localhost",
                                "Connection: close"))
                .status();
    }
}
