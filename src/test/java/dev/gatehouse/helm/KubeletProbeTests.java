package dev.gatehouse.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.connector.ConnectorName;
import dev.gatehouse.helm.KubeletProbe.Result;
import dev.gatehouse.testing.RawHttp;
import dev.gatehouse.testing.RunningGatehouse;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.catalina.LifecycleException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What kubelet would conclude from each probe that the chart renders, asked of the real server. */
class KubeletProbeTests {

    private static RunningGatehouse gatehouse;
    private static KubeletProbe kubelet;

    @BeforeAll
    static void start() {
        gatehouse = RunningGatehouse.start("gatehouse.exemptions.loopback=false");
        kubelet = new KubeletProbe(gatehouse, "10.244.1.7");
        await().until(() -> kubelet.ask("HTTPS", "/actuator/health/liveness") == Result.SUCCESS);
    }

    @AfterAll
    static void stop() {
        gatehouse.close();
    }

    /** Each different one. */
    static Stream<Arguments> renderedProbes() {
        Set<Target> probes = new LinkedHashSet<>();
        for (Path values : HelmChart.valuesFiles()) {
            JsonNode container =
                    HelmChart.rendered(HelmChart.NEWEST_KUBERNETES, values).container();
            for (String probe : Set.of("startupProbe", "livenessProbe", "readinessProbe")) {
                JsonNode get = container.at("/" + probe + "/httpGet");
                probes.add(new Target(get.at("/scheme").asString(), get.at("/path").asString()));
            }
        }
        return probes.stream().map(target -> Arguments.of(target.scheme(), target.path()));
    }

    private record Target(String scheme, String path) {}

    @ParameterizedTest
    @MethodSource("renderedProbes")
    void probeWhenRenderedPassesWithoutARedirect(String scheme, String path) {
        assertThat(kubelet.ask(scheme, path)).isEqualTo(Result.SUCCESS);
        assertThat(statusOverHttps(path)).isEqualTo(200);
    }

    /** What the schema admits besides the defaults. */
    @ParameterizedTest
    @ValueSource(strings = {"/actuator/health/liveness", "/actuator/health/readiness", "/ping"})
    void probeWhenTheSchemaAdmitsItsPathNeverRedirects(String path) {
        assertThat(statusOverHttps(path)).isEqualTo(200);
    }

    /** Never a success, and never the warning that counts as one: the schema has no such probe. */
    @ParameterizedTest
    @ValueSource(strings = {"/", "/actuator/health/liveness", "/actuator/health/readiness"})
    void probeWhenItGoesToThePlainConnectorFails(String path) {
        assertThat(kubelet.ask("HTTP", path)).isEqualTo(Result.FAILURE);
    }

    @Test
    void livenessWhenThePlainConnectorIsDeadFailsOverHttps() throws LifecycleException {
        try (RunningGatehouse dying =
                RunningGatehouse.start("gatehouse.liveness.restart-connector=false")) {
            KubeletProbe probe = new KubeletProbe(dying, "10.244.1.7");
            await().until(() -> probe.ask("HTTPS", "/actuator/health/liveness") == Result.SUCCESS);

            dying.connectors().get(ConnectorName.HTTP).tomcat().stop();

            await().until(() -> probe.ask("HTTPS", "/actuator/health/liveness") == Result.FAILURE);
        }
    }

    private static int statusOverHttps(String path) {
        return gatehouse
                .https(
                        RawHttp.request(
                                "GET " + path + " HTTP/1.1",
                                "Host: 10.244.1.7:443",
                                "User-Agent: kube-probe/1.34",
                                "Connection: close"))
                .status();
    }
}
