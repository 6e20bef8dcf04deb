package dev.gatehouse.build;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "scripts for sh")
class ShellScriptTests {

    @ParameterizedTest
    @CsvSource({
        "sh, mvnw",
        "bash, .ci/run",
        "bash, .ci/chart",
        "bash, .ci/image",
        "bash, .ci/container",
        "bash, .ci/distribution",
        "bash, src/packaging/distribution",
        "bash, src/packaging/dist/debian",
        "sh, src/packaging/dist/gatehouse",
        "sh, src/packaging/dist/gatehouse-watched",
        "bash, bench/run",
        "bash, bench/profile",
        "bash, bench/liveness-under-load",
        "bash, bench/access-log.sh",
        "bash, bench/certificates.sh",
        "bash, bench/engines.sh",
        "bash, bench/h2spec.sh",
        "bash, bench/lighthouse",
        "bash, bench/lines",
        "bash, bench/observatory",
        "bash, bench/handshakes.sh",
        "bash, bench/reloads.sh",
        "bash, bench/scan.sh",
        "bash, bench/starts",
        "bash, bench/wrong-passwords"
    })
    void passesShellcheckWhenScriptIsOurs(String shell, Path script)
            throws IOException, InterruptedException {
        String shellcheck = RequiredTools.path("shellcheck").toString();

        Process process =
                new ProcessBuilder(
                                shellcheck, "-x", "-P", "SCRIPTDIR", "-s", shell, script.toString())
                        .redirectErrorStream(true)
                        .start();
        String findings = new String(process.getInputStream().readAllBytes(), UTF_8);

        assertThat(findings).isEmpty();
        assertThat(process.waitFor()).isZero();
        assertThat(script).isExecutable();
    }
}
