package dev.gatehouse.helm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The browser of the screenshots: a pod of its own, which reaches the proxies alone. */
class ChartScreenshotTests {

    private static final String ON =
            """
            replicaCount: 1
            screenshot: {enabled: true, atOnce: 3}
            networkPolicy: {enabled: true}
            """;

    @Test
    void objectsWhenItIsOnAreValid() throws IOException {
        for (JsonNode object : HelmChart.render(ON)) {
            StrictKubernetes.check(object);
        }
    }

    private static JsonNode of(String kind, String component) {
        return HelmChart.render(ON).all(kind).stream()
                .filter(
                        object ->
                                object.at("/metadata/labels/app.kubernetes.io~1component")
                                        .asString("")
                                        .equals(component))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void browserWhenItIsOffDoesNotExist() {
        assertThat(HelmChart.render("{}").all("Deployment")).hasSize(1);
        assertThat(HelmChart.render("{}").all("Service")).hasSize(1);
    }

    @Test
    void browserWhenItIsOnIsInAPodWithoutConnector() {
        JsonNode server = of("Deployment", "server");
        JsonNode browser = of("Deployment", "browser");

        assertThat(server.at("/spec/template/spec/containers")).hasSize(1);
        assertThat(browser.at("/spec/template/spec/containers")).hasSize(1);
        assertThat(browser.at("/spec/template/spec/automountServiceAccountToken").asBoolean(true))
                .isFalse();
        JsonNode container = browser.at("/spec/template/spec/containers/0");
        assertThat(container.at("/securityContext/readOnlyRootFilesystem").asBoolean()).isTrue();
        assertThat(container.at("/securityContext/capabilities/drop/0").asString())
                .isEqualTo("ALL");
        assertThat(container.at("/resources/limits/memory").asString()).isNotEmpty();
        assertThat(browser.at("/spec/template/spec/volumes"))
                .anyMatch(volume -> volume.at("/emptyDir/medium").asString("").equals("Memory"));
    }

    @Test
    void selectorsWhenBothRunSelectOnlyTheirOwn() {
        JsonNode server = of("Service", "server").at("/spec/selector");
        JsonNode browserPod = of("Deployment", "browser").at("/spec/template/metadata/labels");

        assertThat(server.at("/app.kubernetes.io~1component").asString()).isEqualTo("server");
        assertThat(browserPod.at("/app.kubernetes.io~1component").asString()).isEqualTo("browser");
        assertThat(of("Service", "browser").at("/spec/selector"))
                .isEqualTo(of("Deployment", "browser").at("/spec/selector/matchLabels"));
    }

    @Test
    void policyWhenItIsOnAdmitsOnlyWorkersAndLeadsOnlyToTheirProxies() {
        JsonNode policy = of("NetworkPolicy", "browser").at("/spec");

        assertThat(policy.at("/policyTypes").valueStream().map(JsonNode::asString))
                .isEqualTo(List.of("Ingress", "Egress"));
        assertThat(policy.at("/ingress")).hasSize(1);
        assertThat(policy.at("/ingress/0/ports/0/port").asString()).isEqualTo("devtools");
        assertThat(policy.at("/egress")).hasSize(1);
        assertThat(policy.at("/egress/0/ports")).hasSize(1);
        assertThat(policy.at("/egress/0/ports/0/port").asInt()).isEqualTo(3128);
        assertThat(policy.at("/egress/0/ports/0/endPort").asInt()).isEqualTo(3130);
        for (String side : List.of("/ingress/0/from", "/egress/0/to")) {
            assertThat(policy.at(side)).hasSize(1);
            assertThat(
                            policy.at(
                                            side
                                                    + "/0/podSelector/matchLabels/app.kubernetes.io~1component")
                                    .asString())
                    .isEqualTo("server");
        }
    }

    @Test
    void configWhenItIsOnNamesTheBrowser() {
        assertThat(HelmChart.render(ON).only("ConfigMap").toString())
                .contains("remote-url: http://")
                .contains("-browser:9222")
                .contains("at-once: 3");
    }
}
