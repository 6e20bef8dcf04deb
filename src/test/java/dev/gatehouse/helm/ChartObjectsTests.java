package dev.gatehouse.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Which objects there are beside the Deployment, and what they say. */
class ChartObjectsTests {

    private static final Path EVERYTHING = HelmChart.FOLDER.resolve("ci/everything-values.yaml");
    private static final String REPEATED_KEYS =
            """
            hosts: [www.example.com]
            commonLabels:
              app.kubernetes.io/part-of: shop
              app.kubernetes.io/name: other
              app.kubernetes.io/instance: other
              app.kubernetes.io/component: other
              app.kubernetes.io/managed-by: other
              app.kubernetes.io/version: "1.0"
              helm.sh/chart: other
              team: web
            commonAnnotations: {team: web, checksum/config: x, helm.sh/resource-policy: delete}
            podLabels: {app.kubernetes.io/name: x, app.kubernetes.io/part-of: pod, team: pods}
            podAnnotations: {checksum/config: x, team: pods}
            deploymentAnnotations: {team: x}
            serviceAccount: {annotations: {team: x}}
            service:
              labels: {app.kubernetes.io/part-of: service, app.kubernetes.io/instance: x, team: x}
              annotations: {team: x}
            serviceMonitor:
              enabled: true
              labels: {app.kubernetes.io/part-of: monitor, helm.sh/chart: x, team: x}
            prometheusRule:
              enabled: true
              labels: {app.kubernetes.io/part-of: rule, app.kubernetes.io/name: x, team: x}
            blackboxProbe: {enabled: true, labels: {app.kubernetes.io/name: x, team: x}}
            grafanaDashboard:
              enabled: true
              labels: {app.kubernetes.io/name: x, grafana_dashboard: "1", team: x}
              annotations: {team: x}
            ingress:
              enabled: true
              annotations: {nginx.ingress.kubernetes.io/backend-protocol: HTTPS, team: x}
            networkPolicy: {enabled: true}
            """;

    private static final String ON_A_NAME = "hosts: [www.example.com]\n";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    replicaCount: 1                                                  | false
                    replicaCount: 2                                                  | true
                    autoscaling: {enabled: true, minReplicas: 1}                     | false
                    '{replicaCount: 1, autoscaling: {enabled: true, minReplicas: 2}}'| true
                    podDisruptionBudget: {enabled: false}                            | false
                    """)
    void disruptionBudgetWhenThereIsMoreThanOnePodExists(String values, boolean expected) {
        assertThat(HelmChart.render(values).has("PodDisruptionBudget")).isEqualTo(expected);
    }

    @Test
    void disruptionBudgetWhenAPodIsUnhealthyLetsItGo() {
        JsonNode budget = HelmChart.render("{}").only("PodDisruptionBudget");

        assertThat(budget.at("/spec/unhealthyPodEvictionPolicy").asString())
                .isEqualTo("AlwaysAllow");
    }

    @Test
    void autoscalerWhenThereIsOneDecidesTheReplicas() {
        Manifests manifests = HelmChart.rendered(HelmChart.NEWEST_KUBERNETES, EVERYTHING);

        assertThat(manifests.only("Deployment").at("/spec").has("replicas")).isFalse();
        assertThat(manifests.only("HorizontalPodAutoscaler").at("/spec/metrics"))
                .extracting(metric -> metric.at("/type").asString())
                .containsExactly("Resource", "Pods");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {}                                                              | 443
                    service: {ports: {https: 8443}}                                 | 8443
                    service: {type: NodePort, nodePorts: {https: 30443}}            | 30443
                    service: {type: LoadBalancer, nodePorts: {https: 30443}}        | 443
                    '{redirect: {httpsPort: 444}, service: {type: NodePort}}'       | 444
                    '{hosts: [a.example], ingress: {enabled: true}, service: {ports: {https: 8443}}}' | 443
                    """)
    void redirectWhenThePortDiffersGoesToTheOneThatVisitorsUse(String values, String port) {
        assertThat(HelmChart.render(values).reloadableYml()).contains("https-port: " + port);
    }

    @Test
    void policyOfTheNetworkWhenGivenOpensBothPortsAndNoOther() {
        JsonNode policy =
                HelmChart.rendered(HelmChart.NEWEST_KUBERNETES, EVERYTHING).only("NetworkPolicy");

        assertThat(policy.at("/spec/policyTypes").toString()).isEqualTo("[\"Ingress\",\"Egress\"]");
        assertThat(policy.at("/spec/ingress")).hasSize(1);
        assertThat(policy.at("/spec/ingress/0/ports"))
                .extracting(port -> port.at("/port").asString())
                .containsExactly("http", "https");
    }

    @Test
    void addressesOfVisitorsWhenTheServiceIsExternalAreKeptByDefault() {
        assertThat(
                        HelmChart.render("service: {type: LoadBalancer}")
                                .only("Service")
                                .at("/spec/externalTrafficPolicy")
                                .asString())
                .isEqualTo("Local");
    }

    @Test
    void routeWhenMadeSpeaksTlsToThePods() {
        Manifests manifests =
                HelmChart.render(
                        ON_A_NAME
                                + """
                                httpRoute:
                                  enabled: true
                                  parentRefs: [{name: public, sectionName: https}]
                                  plainParentRefs: [{name: public, sectionName: http}]
                                """);

        assertThat(manifests.all("HTTPRoute"))
                .extracting(route -> route.at("/spec/rules/0/backendRefs/0/port").asInt())
                .containsExactly(443, 80);
        JsonNode policy = manifests.only("BackendTLSPolicy");
        assertThat(policy.at("/spec/targetRefs/0/sectionName").asString()).isEqualTo("https");
        assertThat(policy.at("/spec/validation/hostname").asString()).isEqualTo("www.example.com");
    }

    @Test
    void ingressWhenMadeSpeaksHttpsToThePods() {
        JsonNode ingress = HelmChart.render(ON_A_NAME + "ingress: {enabled: true}").only("Ingress");

        assertThat(
                        ingress.at(
                                        "/metadata/annotations/nginx.ingress.kubernetes.io~1backend-protocol")
                                .asString())
                .isEqualTo("HTTPS");
        assertThat(ingress.at("/spec/rules/0/http/paths/0/backend/service/port/name").asString())
                .isEqualTo("https");
    }

    @Test
    void monitorWhenMadeScrapesOverHttpsWithThePassword() {
        JsonNode endpoint =
                HelmChart.render("serviceMonitor: {enabled: true}")
                        .only("ServiceMonitor")
                        .at("/spec/endpoints/0");

        assertThat(endpoint.at("/port").asString()).isEqualTo("https");
        assertThat(endpoint.at("/scheme").asString()).isEqualTo("https");
        assertThat(endpoint.at("/basicAuth/password/name").asString())
                .isEqualTo("web-gatehouse-monitoring");
    }

    @Test
    void secretsWhenNoneExistAreMadeAndKept() {
        JsonNode secret = HelmChart.render("{}").only("Secret");

        assertThat(secret.at("/metadata/annotations/helm.sh~1resource-policy").asString())
                .isEqualTo("keep");
        assertThat(secret.at("/data/password").asString()).hasSizeGreaterThan(40);
    }

    @Test
    void secretsWhenTheyExistStayAsTheyAre() throws Exception {
        try (AutoCloseable _ =
                FakeCluster.INSTANCE.withSecret(
                        "web-gatehouse-monitoring",
                        Map.of("username", "bWU=", "password", "eA=="))) {
            assertThat(HelmChart.render("{}").only("Secret").at("/data").toString())
                    .isEqualTo("{\"password\":\"eA==\",\"username\":\"bWU=\"}");
        }
    }

    @Test
    void secretsWhenTheyAreGivenAreNotMade() {
        Manifests manifests =
                HelmChart.rendered(
                        HelmChart.NEWEST_KUBERNETES,
                        HelmChart.FOLDER.resolve("ci/existing-secret-values.yaml"));

        assertThat(manifests.all("Secret"))
                .extracting(Manifests::name)
                .containsExactly("web-gatehouse-gw-rapidapi");
        assertThat(manifests.reloadableYml())
                .contains("/etc/gatehouse/gateways/rapidapi/secret")
                .contains("/etc/gatehouse/gateways/partner/current")
                .contains("/etc/gatehouse/gateways/partner/next");
        assertThat(manifests.applicationYml()).contains("certificate: /etc/gatehouse/tls/tls.crt");
    }

    /** Manifests are parsed strictly: a key that is there twice fails the test. */
    @Test
    void labelsWhenTheyRepeatTheChartsAreThereOnceAndSelectorsStay() {
        Manifests manifests = HelmChart.render(REPEATED_KEYS);

        JsonNode pod = manifests.podTemplate().at("/metadata");
        assertThat(manifests.only("Deployment").at("/spec/selector/matchLabels").properties())
                .allSatisfy(
                        label ->
                                assertThat(pod.at("/labels").get(label.getKey()))
                                        .isEqualTo(label.getValue()));
        assertThat(pod.at("/annotations/checksum~1config").asString()).hasSize(64);
        assertThat(pod.at("/annotations/team").asString()).isEqualTo("pods");
        assertThat(manifests)
                .allSatisfy(
                        object -> {
                            JsonNode labels = object.at("/metadata/labels");
                            assertThat(labels.at("/app.kubernetes.io~1name").asString())
                                    .isEqualTo("gatehouse");
                            assertThat(labels.at("/app.kubernetes.io~1managed-by").asString())
                                    .isEqualTo("Helm");
                            assertThat(labels.at("/helm.sh~1chart").asString())
                                    .startsWith("gatehouse-");
                        });
    }

    @Test
    void labelsWhenTheyAreTheObjectsOwnWinOverCommonOnes() {
        Manifests manifests = HelmChart.render(REPEATED_KEYS);

        assertThat(partOf(manifests.only("ServiceAccount"))).isEqualTo("shop");
        assertThat(partOf(manifests.only("Service"))).isEqualTo("service");
        assertThat(partOf(manifests.only("ServiceMonitor"))).isEqualTo("monitor");
        assertThat(partOf(manifests.only("PrometheusRule"))).isEqualTo("rule");
        assertThat(partOf(manifests.podTemplate())).isEqualTo("pod");
        assertThat(manifests.only("Secret").at("/metadata/annotations/helm.sh~1resource-policy"))
                .hasToString("\"keep\"");
    }

    private static String partOf(JsonNode object) {
        return object.at("/metadata/labels/app.kubernetes.io~1part-of").asString();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    extraEnv: [{name: SPRING_SECURITY_USER_NAME, value: me}] | extraEnv: 'SPRING_SECURITY_USER_NAME' is set by the chart
                    '{javaOptions: -Xlog:gc, extraEnv: [{name: JDK_JAVA_OPTIONS, value: x}]}' | extraEnv: 'JDK_JAVA_OPTIONS' is set by the chart
                    monitoring: {passwordKey: username} | monitoring.passwordKey = 'username' is monitoring.usernameKey too
                    """)
    void valuesWhenTheyRepeatWhatTheChartSetsAreRefused(String values, String message) {
        assertThatThrownBy(() -> HelmChart.render(values)).hasMessageContaining(message);
    }

    @Test
    void configurationWhenGivenFollowsTheChartsAndWins() {
        assertThat(
                        HelmChart.render("config: {gatehouse: {site: {clean-urls: true}}}")
                                .applicationYml())
                .endsWith("---\ngatehouse:\n  site:\n    clean-urls: true\n");
    }

    @Test
    void alertWhenTheRunbookIsPublishedLinksToItsSection() {
        String alerts =
                HelmChart.render(
                                """
                                prometheusRule:
                                  enabled: true
                                  runbookUrl: https://wiki.example.org/runbook
                                """)
                        .only("PrometheusRule")
                        .toString();

        assertThat(alerts)
                .contains("\"https://wiki.example.org/runbook#gatehouseconnectorbusy\"")
                .doesNotContain("gatehouse.example");
    }

    @Test
    void alertWhenTheRunbookIsNotPublishedHasNoLink() {
        String alerts =
                HelmChart.render("prometheusRule: {enabled: true}")
                        .only("PrometheusRule")
                        .toString();

        assertThat(alerts).contains("GatehouseServerErrors").doesNotContain("runbook_url");
    }
}
