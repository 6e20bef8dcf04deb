package dev.gatehouse.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Everything that the chart renders is what Kubernetes takes, for each file of values in ci/. */
class ChartTests {

    private static final int LONGEST_LABEL = 63;

    static Stream<Arguments> matrix() {
        return HelmChart.valuesFiles().stream()
                .flatMap(
                        values ->
                                HelmChart.kubernetesVersions().stream()
                                        .map(version -> Arguments.of(version, values)));
    }

    @Test
    void lintWhenChartIsOursHasNothingToSay() {
        assertThat(HelmChart.lint().getMessages())
                .allMatch(message -> message.contains("icon is recommended"));
        assertThat(HelmChart.lint().isFailed()).isFalse();
    }

    @ParameterizedTest
    @MethodSource("matrix")
    void manifestsWhenReadStrictlyAreValid(String kubernetes, Path values) {
        assertThat(HelmChart.rendered(kubernetes, values))
                .isNotEmpty()
                .allSatisfy(
                        object ->
                                assertThatCode(() -> StrictKubernetes.check(object))
                                        .as(object.toPrettyString())
                                        .doesNotThrowAnyException());
    }

    @ParameterizedTest
    @MethodSource("matrix")
    void namesWhenRenderedAreShortUniqueAndInTheirNamespace(String kubernetes, Path values) {
        Set<String> names = new HashSet<>();

        assertThat(HelmChart.rendered(kubernetes, values))
                .allSatisfy(
                        object -> {
                            String name = Manifests.name(object);
                            assertThat(name.length()).isBetween(1, LONGEST_LABEL);
                            assertThat(names.add(Manifests.kind(object) + "/" + name)).isTrue();
                            assertThat(object.at("/metadata/namespace").asString())
                                    .isEqualTo("edge");
                        });
    }

    @ParameterizedTest
    @MethodSource("matrix")
    void selectorsWhenRenderedFindThePodsAndTheService(String kubernetes, Path values) {
        Manifests manifests = HelmChart.rendered(kubernetes, values);
        JsonNode podLabels = manifests.podTemplate().at("/metadata/labels");

        assertThat(selectors(manifests))
                .hasSizeGreaterThanOrEqualTo(2)
                .allSatisfy(selector -> assertThat(isIn(selector, podLabels)).isTrue());
        assertThat(manifests.all("ServiceMonitor"))
                .allSatisfy(
                        monitor ->
                                assertThat(
                                                isIn(
                                                        monitor.at("/spec/selector/matchLabels"),
                                                        manifests
                                                                .only("Service")
                                                                .at("/metadata/labels")))
                                        .isTrue());
    }

    private static List<JsonNode> selectors(Manifests manifests) {
        return Stream.of(
                        manifests.all("Deployment").stream()
                                .map(object -> object.at("/spec/selector/matchLabels")),
                        manifests.all("Service").stream()
                                .map(object -> object.at("/spec/selector")),
                        manifests.all("PodDisruptionBudget").stream()
                                .map(object -> object.at("/spec/selector/matchLabels")),
                        manifests.all("NetworkPolicy").stream()
                                .map(object -> object.at("/spec/podSelector/matchLabels")))
                .flatMap(selector -> selector)
                .toList();
    }

    private static boolean isIn(JsonNode selector, JsonNode labels) {
        return !selector.isEmpty()
                && selector.properties().stream()
                        .allMatch(entry -> entry.getValue().equals(labels.get(entry.getKey())));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/spec/template/spec/containers/0/livenesProbe",
                "/spec/template/spec/securityContext/runAsNonroot",
                "/spec/strategy/rollingUpdate/maxSurges"
            })
    void checkWhenAFieldIsMisspelledFails(String pointer) {
        ObjectNode deployment = deployment();
        int slash = pointer.lastIndexOf('/');
        deployment.withObject(pointer.substring(0, slash)).put(pointer.substring(slash + 1), 1);

        assertThatThrownBy(() -> StrictKubernetes.check(deployment))
                .hasMessageContaining(pointer.substring(slash + 1));
    }

    @Test
    void checkWhenATypeIsWrongFails() {
        ObjectNode deployment = deployment();
        deployment.withObject("/spec").put("minReadySeconds", "soon");

        assertThatThrownBy(() -> StrictKubernetes.check(deployment))
                .hasMessageContaining("minReadySeconds");
    }

    @Test
    void checkWhenARequiredFieldIsMissingFails() {
        ObjectNode deployment = deployment();
        deployment.withObject("/spec").remove("selector");

        assertThatThrownBy(() -> StrictKubernetes.check(deployment))
                .hasMessageContaining("selector");
    }

    private static ObjectNode deployment() {
        return (ObjectNode) HelmChart.render("{}").only("Deployment");
    }
}
