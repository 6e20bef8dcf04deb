package dev.gatehouse.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Which Maven mvnw runs: the installed one when it is new enough, else the pinned download. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "scripts for sh")
class MavenWrapperDownloadTests {

    private static final String DOWNLOADED = "/home/.m2/wrapper/dists/apache-maven-3.9.99/";

    @TempDir private Path folder;

    private FakeMavenServer server;
    private FakeMachine machine;

    @BeforeEach
    void createMachineWithDownload() throws Exception {
        server = new FakeMavenServer(folder);
        machine = new FakeMachine(Files.createDirectory(folder.resolve("a machine")));
        machine.addJdk("jdks/25", "25.0.3");
        machine.addToolToPath("curl");
        machine.addToolToPath(RequiredTools.isOnPath("sha256sum") ? "sha256sum" : "shasum");
        machine.addToolToPath("unzip");
        machine.setDistribution(server.url(), server.sha256());
    }

    @AfterEach
    void stopServer() {
        server.close();
    }

    @Test
    void usesInstalledMavenWhenItsJarIsNewEnough() throws Exception {
        machine.addMaven("3.8.1");

        assertThat(machine.mvnw().output()).contains("/bin/mvn\n").doesNotContain(DOWNLOADED);
    }

    @Test
    void usesInstalledMavenWhenOnlyItsAnswerTellsTheVersion() throws Exception {
        machine.addScriptToPath("mvn", mavenThatAnswers("\033[1mApache Maven 3.10.0-rc-1\033[m"));

        assertThat(machine.mvnw("verify").output()).isEqualTo("installed verify\n");
    }

    @Test
    void downloadsMavenWhenInstalledOneIsOlder() throws Exception {
        machine.addMaven("3.6.3");

        assertThat(machine.mvnw().output()).contains(DOWNLOADED);
    }

    @Test
    void downloadsMavenWhenInstalledOneAnswersOlderVersion() throws Exception {
        machine.addScriptToPath("mvn", mavenThatAnswers("Apache Maven 3.6.3"));

        assertThat(machine.mvnw("verify").output()).contains(DOWNLOADED);
    }

    @Test
    void downloadsMavenWhenNoneIsInstalled() throws Exception {
        WrapperRun run = machine.mvnwIn(machine.home(), "-Dname=two words");

        assertThat(run.status()).isZero();
        assertThat(run.output())
                .contains(DOWNLOADED, "/jdks/25\n", "directory=" + machine.home() + "\n")
                .endsWith("argument=-Dname=two words\n");
        assertThat(run.errors()).isEmpty();
    }

    @Test
    void downloadsMavenWhenInstalledOneLeadsBackToWrapper() throws Exception {
        machine.addScriptToPath(
                "mvn",
                """
                #!/bin/sh
                echo called back
                exec "%s" "$@"
                """
                        .formatted(machine.project().resolve("mvnw")));

        assertThat(machine.mvnw("-v").output()).contains(DOWNLOADED);
    }

    @Test
    void refusesDownloadWhenChecksumDiffers() throws Exception {
        machine.setDistribution(server.url(), "0".repeat(64));

        WrapperRun run = machine.mvnw();

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.output()).isEmpty();
        assertThat(run.errors()).contains("Failed to validate Maven distribution SHA-256");
    }

    @Test
    void namesUnzipAsRemedyWhenItIsMissing() throws Exception {
        machine.removeFromPath("unzip");

        WrapperRun run = machine.mvnw();

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.errors()).contains("install unzip, or Maven 3.8");
    }

    @Test
    void pinsChecksumAndHttpsWhenPropertiesAreTheProjects() throws IOException {
        Properties properties = new Properties();
        try (Reader reader =
                Files.newBufferedReader(Path.of(".mvn/wrapper/maven-wrapper.properties"))) {
            properties.load(reader);
        }

        assertThat(properties.getProperty("distributionSha256Sum")).matches("[0-9a-f]{64}");
        assertThat(properties.getProperty("distributionUrl"))
                .matches("https://archive\\.apache\\.org/dist/maven/maven-3/.*-bin\\.zip");
    }

    private static String mavenThatAnswers(String version) {
        return """
        #!/bin/sh
        if [ "$1" = -v ]; then echo "%s"; else echo "installed $*"; fi
        """
                .formatted(version);
    }
}
