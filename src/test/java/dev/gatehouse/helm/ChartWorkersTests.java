package dev.gatehouse.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** The tools, their database and the pods that run their jobs. */
class ChartWorkersTests {

    private static final String DATABASE =
            "database: {url: 'jdbc:postgresql://db.example.com:5433/jobs', existingSecret: db}\n";

    private static final String WORKERS =
            DATABASE
                    + """
                    worker:
                      enabled: true
                      jobs: 6
                      resources: {limits: {memory: 1Gi}}
                      autoscaling: {enabled: true, targetQueuedJobs: 9}
                    networkPolicy:
                      enabled: true
                      database: [{podSelector: {matchLabels: {app: postgres}}}]
                    """;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {}                                                            | false
                    replicaCount: 1                                               | true
                    '{replicaCount: 1, autoscaling: {enabled: true}}'             | false
                    database: {url: 'jdbc:postgresql:jobs'}                       | true
                    '{database: {url: "jdbc:postgresql:jobs"}, tools: {enabled: false}}' | false
                    '{replicaCount: 1, tools: {enabled: true}}'                   | true
                    tools: {enabled: false}                                       | false
                    """)
    void toolsWhenNotDecidedAreOnWhereTheirJobsAreKnownToAllPods(String values, boolean on) {
        assertThat(HelmChart.render(values).applicationYml())
                .contains("tools:\n    enabled: " + on + "\n");
    }

    @Test
    void databaseWhenConfiguredIsReachedWithThePasswordOfTheSecret() {
        Manifests manifests = HelmChart.render(DATABASE);

        assertThat(manifests.applicationYml())
                .contains("url: \"jdbc:postgresql://db.example.com:5433/jobs\"");
        assertThat(env(manifests.container(), "SPRING_DATASOURCE_USERNAME").toString())
                .contains("{\"name\":\"db\",\"key\":\"username\"}");
        assertThat(env(manifests.container(), "SPRING_DATASOURCE_PASSWORD").toString())
                .contains("{\"name\":\"db\",\"key\":\"password\"}");
        assertThat(env(manifests.container(), "GATEHOUSE_JOBS_WORKERS").isMissingNode()).isTrue();
    }

    @Test
    void workersWhenEnabledRunTheJobsAndServersNone() {
        Manifests manifests = HelmChart.render(WORKERS);
        JsonNode server = named(manifests, "Deployment", "web-gatehouse");
        JsonNode worker = named(manifests, "Deployment", "web-gatehouse-worker");

        assertThat(manifests)
                .allSatisfy(
                        object ->
                                assertThatCode(() -> StrictKubernetes.check(object))
                                        .as(object.toPrettyString())
                                        .doesNotThrowAnyException());
        assertThat(workers(server)).isEqualTo("0");
        assertThat(workers(worker)).isEqualTo("6");
        assertThat(worker.at("/spec/template/spec/containers/0/resources/limits/memory").asString())
                .isEqualTo("1Gi");
        assertThat(server.at("/spec/template/spec/containers/0/resources/limits/memory").asString())
                .isEqualTo("384Mi");
        String component = "app.kubernetes.io~1component";
        assertThat(worker.at("/spec/selector/matchLabels/" + component).asString())
                .isEqualTo("worker");
        assertThat(worker.at("/spec/template/metadata/labels/" + component).asString())
                .isEqualTo("worker");
        assertThat(manifests.only("Service").at("/spec/selector/" + component).asString())
                .isEqualTo("server");
        assertThat(
                        named(manifests, "HorizontalPodAutoscaler", "web-gatehouse-worker")
                                .at("/spec/metrics/0/external")
                                .toString())
                .contains("gatehouse_jobs_queued", "\"averageValue\":\"9\"");
    }

    @Test
    void policyOfTheNetworkWhenThereIsADatabaseOpensItsPortForBoth() {
        Manifests manifests = HelmChart.render(WORKERS);

        for (String name : new String[] {"web-gatehouse", "web-gatehouse-worker"}) {
            assertThat(named(manifests, "NetworkPolicy", name).at("/spec/egress/1").toString())
                    .contains("\"port\":5433", "postgres");
        }
    }

    @Test
    void workersWhenMonitoredAreScrapedAsTheServersAre() {
        Manifests manifests =
                HelmChart.render(
                        WORKERS
                                + """
                                serviceMonitor: {enabled: true, labels: {release: prometheus}}
                                monitoring: {existingSecret: monitoring}
                                """);
        JsonNode servers = manifests.only("ServiceMonitor");
        JsonNode workers = manifests.only("PodMonitor");

        assertThat(Manifests.name(workers)).isEqualTo("web-gatehouse-worker");
        assertThat(workers.at("/metadata/labels/release").asString()).isEqualTo("prometheus");
        assertThat(workers.at("/spec/selector/matchLabels"))
                .isEqualTo(
                        named(manifests, "Deployment", "web-gatehouse-worker")
                                .at("/spec/selector/matchLabels"));
        assertThat(workers.at("/spec/podMetricsEndpoints"))
                .isEqualTo(servers.at("/spec/endpoints"));
        assertThat(workers.at("/spec/podMetricsEndpoints/0/basicAuth/username/name").asString())
                .isEqualTo("monitoring");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    'worker: {enabled: true, replicaCount: 3}'                             | true
                    'worker: {enabled: true, replicaCount: 1}'                             | false
                    'worker: {enabled: true, autoscaling: {enabled: true, minReplicas: 2}}' | true
                    'worker: {enabled: true, autoscaling: {enabled: true}}'                | false
                    'worker: {enabled: false}'                                             | false
                    '{worker: {enabled: true}, podDisruptionBudget: {enabled: false}}'     | false
                    """)
    void budgetOfWorkersWhenThereIsAlwaysMoreThanOneLetsOneBeEvicted(String values, boolean there) {
        Manifests manifests = HelmChart.render(merged(values));

        assertThat(manifests.all("PodDisruptionBudget"))
                .filteredOn(budget -> Manifests.name(budget).equals("web-gatehouse-worker"))
                .hasSize(there ? 1 : 0)
                .allSatisfy(
                        budget -> {
                            StrictKubernetes.check(budget);
                            assertThat(budget.at("/spec/maxUnavailable").asInt()).isOne();
                            assertThat(budget.at("/spec/selector/matchLabels"))
                                    .isEqualTo(
                                            named(manifests, "Deployment", "web-gatehouse-worker")
                                                    .at("/spec/selector/matchLabels"));
                        });
    }

    /** With the database, as a document in one style. */
    private static String merged(String values) {
        return values.startsWith("{")
                ? "{" + DATABASE.strip() + ", " + values.substring(1)
                : DATABASE + values;
    }

    private static JsonNode named(Manifests manifests, String kind, String name) {
        return manifests.all(kind).stream()
                .filter(object -> Manifests.name(object).equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static String workers(JsonNode deployment) {
        return env(deployment.at("/spec/template/spec/containers/0"), "GATEHOUSE_JOBS_WORKERS")
                .at("/value")
                .asString();
    }

    private static JsonNode env(JsonNode container, String name) {
        for (JsonNode variable : container.at("/env")) {
            if (variable.at("/name").asString().equals(name)) {
                return variable;
            }
        }
        return container.at("/none");
    }
}
