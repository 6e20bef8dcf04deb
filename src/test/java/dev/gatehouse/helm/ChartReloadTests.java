package dev.gatehouse.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.connector.ConnectorName;
import dev.gatehouse.testing.MountedConfiguration;
import dev.gatehouse.testing.RawHttp;
import dev.gatehouse.testing.RunningGatehouse;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import tools.jackson.databind.JsonNode;

/** What of the chart's configuration rolls the pods, and what they reload. */
@ExtendWith(OutputCaptureExtension.class)
class ChartReloadTests {

    @TempDir private Path mount;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    config: {gatehouse: {redirect: {mode: "off"}}}                         | true
                    config: {gatehouse.redirect.hsts.max-age: 1d}                          | true
                    config: {gatehouse: {exemptions: {paths: [/hooks]}}}                   | true
                    config: {gatehouse: {exemptions.paths: [/hooks]}}                      | true
                    config: {gatehouse: {gatewaySecretRefresh: 1s}}                        | true
                    config: {gatehouse: {access-log: {format: combined}}}                  | true
                    config: {gatehouse: {accessLog.exclude: [/a]}}                         | true
                    redirect: {httpsPort: 8443}                                            | true
                    config: {gatehouse: {access-log: {enabled: false}}}                    | false
                    config: {gatehouse.access-log.enabled: false}                          | false
                    config: {gatehouse: {site: {clean-urls: true}}}                        | false
                    config: {gatehouse: {redirects: {mode: "off"}}}                        | false
                    config: {server: {tomcat: {threads: {max: 5}}}}                        | false
                    trustedProxies: [192.0.2.0/24]                                         | false
                    """)
    void podsWhenValuesChangeRollOrReload(String values, boolean isReloaded) {
        Manifests before = HelmChart.render("{}");
        Manifests after = HelmChart.render(values);

        assertThat(after.reloadableYml().equals(before.reloadableYml())).isNotEqualTo(isReloaded);
        assertThat(checksum(after).equals(checksum(before))).isEqualTo(isReloaded);
    }

    @Test
    void bothPartsWhenOneSectionHasThemAreInTheirFilesOnce() {
        Manifests manifests =
                HelmChart.render(
                        "config: {gatehouse: {access-log: {enabled: true, max-files: 3}}}");

        assertThat(manifests.applicationYml())
                .endsWith("---\ngatehouse:\n  access-log:\n    enabled: true\n");
        assertThat(manifests.reloadableYml()).endsWith("---\ngatehouse.access-log.max-files: 3\n");
    }

    @Test
    void gatewayWhenItsNetworksChangeIsReloadedAndRollsWhenAnotherIsMounted() {
        String gateway = "gateways: [{name: a, header: X-Secret%s}]";
        Manifests before = HelmChart.render(gateway.formatted(""));

        Manifests narrower = HelmChart.render(gateway.formatted(", networks: [192.0.2.0/24]"));
        assertThat(narrower.reloadableYml()).contains("192.0.2.0/24");
        assertThat(narrower.podTemplate()).isEqualTo(before.podTemplate());

        Manifests rotating = HelmChart.render(gateway.formatted(", secretKeys: [secret, next]"));
        assertThat(rotating.podTemplate()).isEqualTo(before.podTemplate());
        Manifests another =
                HelmChart.render(gateway.formatted("}, {name: b, header: X-Other-Secret"));
        assertThat(another.podTemplate()).isNotEqualTo(before.podTemplate());
    }

    /** No subPath: kubelet never updates such a file. */
    @Test
    void filesWhenMountedAreAWholeFolder() {
        JsonNode mounts = HelmChart.render("{}").container().at("/volumeMounts");

        assertThat(mounts)
                .filteredOn(one -> one.path("name").asString().equals("config"))
                .singleElement()
                .satisfies(config -> assertThat(config.has("subPath")).isFalse());
    }

    @Test
    void serverWhenTheChartIsUpgradedReloadsByItself(CapturedOutput output) throws IOException {
        MountedConfiguration mounted = MountedConfiguration.in(mount, files("{}"));
        try (RunningGatehouse gatehouse =
                RunningGatehouse.start(
                        mounted.property(),
                        "gatehouse.reload.interval=100ms",
                        "gatehouse.exemptions.loopback=false")) {
            assertThat(status(gatehouse)).isEqualTo(301);

            mounted.swap(files("config: {gatehouse: {redirect: {mode: 'off'}}}"));

            await().until(() -> status(gatehouse) == 200);
            assertThat(output)
                    .contains("changed: gatehouse.redirect.mode")
                    .doesNotContain("restart");
        }
    }

    private static Map<String, String> files(String values) {
        Manifests manifests = HelmChart.render(values);
        return Map.of(
                "application.yml", manifests.applicationYml(),
                "reloadable.yml", manifests.reloadableYml());
    }

    private static int status(RunningGatehouse gatehouse) {
        return RawHttp.plain(
                        gatehouse.port(ConnectorName.HTTP),
                        RawHttp.request("GET / HTTP/1.1", "Host: web-gatehouse.edge.svc"))
                .status();
    }

    private static String checksum(Manifests manifests) {
        return manifests.podTemplate().at("/metadata/annotations/checksum~1config").asString();
    }
}
