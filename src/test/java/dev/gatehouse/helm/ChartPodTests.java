package dev.gatehouse.helm;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** How the pod is hardened, probed and ended, whatever the values. */
class ChartPodTests {

    static Stream<Path> values() {
        return HelmChart.valuesFiles().stream();
    }

    private static Manifests rendered(Path values) {
        return HelmChart.rendered(HelmChart.NEWEST_KUBERNETES, values);
    }

    @ParameterizedTest
    @MethodSource("values")
    void podWhenRenderedIsRestricted(Path values) {
        JsonNode pod = rendered(values).podTemplate().at("/spec");
        JsonNode container = rendered(values).container();

        assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
        assertThat(pod.at("/securityContext/seccompProfile/type").asString())
                .isEqualTo("RuntimeDefault");
        assertThat(pod.at("/automountServiceAccountToken").asBoolean(true)).isFalse();
        assertThat(pod.at("/hostNetwork").isMissingNode()).isTrue();
        assertThat(container.at("/securityContext/allowPrivilegeEscalation").asBoolean(true))
                .isFalse();
        assertThat(container.at("/securityContext/readOnlyRootFilesystem").asBoolean()).isTrue();
        assertThat(container.at("/securityContext/capabilities").toString())
                .isEqualTo("{\"drop\":[\"ALL\"]}");
        assertThat(container.at("/resources/limits/cpu").isMissingNode()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("values")
    void podWhenRenderedHasBothPortsAndTheSysctlThatOpensThem(Path values) {
        JsonNode sysctl = rendered(values).podTemplate().at("/spec/securityContext/sysctls/0");

        assertThat(rendered(values).container().at("/ports").toString())
                .isEqualTo(
                        "[{\"name\":\"http\",\"containerPort\":80,\"protocol\":\"TCP\"},"
                                + "{\"name\":\"https\",\"containerPort\":443,\"protocol\":\"TCP\"}]");
        assertThat(sysctl.at("/name").asString()).isEqualTo("net.ipv4.ip_unprivileged_port_start");
        assertThat(sysctl.at("/value").asString()).isEqualTo("0");
        assertThat(rendered(values).only("Service").at("/spec/ports"))
                .extracting(port -> port.at("/targetPort").asString())
                .containsExactly("http", "https");
    }

    @ParameterizedTest
    @MethodSource("values")
    void probesWhenRenderedAskOverHttpsAndLeaveABusyServerTime(Path values) {
        for (String probe : new String[] {"startupProbe", "livenessProbe", "readinessProbe"}) {
            JsonNode get = rendered(values).container().at("/" + probe + "/httpGet");

            assertThat(get.at("/scheme").asString()).isEqualTo("HTTPS");
            assertThat(get.at("/port").asString()).isEqualTo("https");
            assertThat(rendered(values).container().at("/" + probe + "/timeoutSeconds").asInt())
                    .isGreaterThan(6);
        }
        assertThat(path(values, "startupProbe")).isEqualTo("/actuator/health/liveness");
        assertThat(path(values, "livenessProbe")).isEqualTo("/actuator/health/liveness");
        assertThat(path(values, "readinessProbe")).isEqualTo("/actuator/health/readiness");
    }

    private static String path(Path values, String probe) {
        return rendered(values).container().at("/" + probe + "/httpGet/path").asString();
    }

    @ParameterizedTest
    @MethodSource("values")
    void volumesWhenRenderedAreMountedWholeAndExist(Path values) {
        assertThat(rendered(values).container().at("/volumeMounts"))
                .allSatisfy(
                        mount -> {
                            assertThat(mount.has("subPath")).isFalse();
                            assertThat(rendered(values).podTemplate().at("/spec/volumes"))
                                    .extracting(volume -> volume.get("name"))
                                    .contains(mount.get("name"));
                        });
    }

    @Test
    void terminationWhenComputedIsOneWhole() {
        Manifests manifests =
                HelmChart.render(
                        "shutdown: {preStopSeconds: 7, drainSeconds: 40, drainOnKillSeconds: 3,"
                                + " marginSeconds: 4}");
        JsonNode container = manifests.container();

        assertThat(container.at("/lifecycle/preStop/sleep/seconds").asInt()).isEqualTo(7);
        assertThat(manifests.podTemplate().at("/spec/terminationGracePeriodSeconds").asInt())
                .isEqualTo(7 + 40 + 4);
        assertThat(container.at("/livenessProbe/terminationGracePeriodSeconds").asInt())
                .isEqualTo(7 + 3);
        assertThat(manifests.applicationYml()).contains("timeout-per-shutdown-phase: 40s");
    }

    /** Kubernetes 1.29 drops the field, and then refuses a preStop that does nothing. */
    @Test
    void terminationWhenKubernetesCannotSleepCountsNoSleep() {
        Path defaults = HelmChart.FOLDER.resolve("ci/default-values.yaml");
        Manifests old = HelmChart.rendered("1.29.0", defaults);
        Manifests first = HelmChart.rendered("1.30.0", defaults);

        assertThat(old.container().has("lifecycle")).isFalse();
        assertThat(old.podTemplate().at("/spec/terminationGracePeriodSeconds").asInt())
                .isEqualTo(30);
        assertThat(first.container().at("/lifecycle/preStop/sleep/seconds").asInt()).isEqualTo(5);
        assertThat(first.podTemplate().at("/spec/terminationGracePeriodSeconds").asInt())
                .isEqualTo(35);
    }

    @Test
    void rolloutWhenRenderedTakesNoPodAwayAndSpreadsSoftly() {
        Manifests manifests = HelmChart.render("{}");

        assertThat(manifests.only("Deployment").at("/spec/strategy/rollingUpdate/maxUnavailable"))
                .hasToString("0");
        assertThat(manifests.podTemplate().at("/spec/topologySpreadConstraints"))
                .hasSize(2)
                .allSatisfy(
                        spread ->
                                assertThat(spread.at("/whenUnsatisfiable").asString())
                                        .isEqualTo("ScheduleAnyway"));
    }

    @Test
    void checksumWhenTheConfigurationChangesChangesAndElseNot() {
        String annotation = "/metadata/annotations/checksum~1config";

        String before = HelmChart.render("{}").podTemplate().at(annotation).asString();
        String again = HelmChart.render("{}").podTemplate().at(annotation).asString();
        String after =
                HelmChart.render("config: {gatehouse: {liveness: {probe-interval: 3s}}}")
                        .podTemplate()
                        .at(annotation)
                        .asString();

        assertThat(again).hasSize(64).isEqualTo(before);
        assertThat(after).isNotEqualTo(before);
    }
}
