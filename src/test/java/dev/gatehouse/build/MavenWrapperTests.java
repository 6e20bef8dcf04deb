package dev.gatehouse.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The choice of a JDK and of an installed Maven that mvnw makes before the stock wrapper. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "scripts for sh")
class MavenWrapperTests {

    @TempDir private Path folder;

    private FakeMachine machine;

    @BeforeEach
    void createMachineWithMaven() throws IOException {
        machine = new FakeMachine(Files.createDirectory(folder.resolve("a machine")));
        machine.addMaven("3.9.11");
    }

    @Test
    void keepsJavaHomeWhenItIsJdk25() throws Exception {
        Path jdk = machine.addJdk("own", "25");
        machine.set("JAVA_HOME", jdk.toString());
        machine.addJdk("jdks/newer", "26.0.1");

        WrapperRun run = machine.mvnw();

        assertThat(run.output()).contains("JAVA_HOME=" + jdk + "\n");
        assertThat(run.errors()).isEmpty();
    }

    @Test
    void passesOverJavaHomeWithNoteWhenItIsOlder() throws Exception {
        Path older = machine.addJdk("own", "21.0.8");
        machine.set("JAVA_HOME", older.toString());
        Path jdk = machine.addJdk("jdks/temurin 25", "25.0.3");

        WrapperRun run = machine.mvnw();

        assertThat(run.status()).isZero();
        assertThat(run.output()).contains("JAVA_HOME=" + jdk + "\n");
        assertThat(run.errors())
                .isEqualTo(
                        "mvnw: JAVA_HOME (%s) is no JDK of at least 25, using %s\n"
                                .formatted(older, jdk));
    }

    @Test
    void passesOverJavaHomeWhenItHasNoCompiler() throws Exception {
        machine.set("JAVA_HOME", machine.addJre("own", "25.0.3").toString());
        Path jdk = machine.addJdk("jdks/25", "25.0.3");

        assertThat(machine.mvnw().output()).contains("JAVA_HOME=" + jdk + "\n");
    }

    @Test
    void usesJdkOfJavaOnPathWhenJavaHomeIsUnset() throws Exception {
        Path jdk = machine.addJdk("own", "25.0.3");
        machine.putOnPath(jdk.resolve("bin/java"));
        machine.addJdk("jdks/newer", "26.0.1");

        assertThat(machine.mvnw().output()).contains("JAVA_HOME=" + jdk + "\n");
    }

    @Test
    void passesOverJavaOnPathWhenItIsOlder() throws Exception {
        machine.putOnPath(machine.addJdk("own", "17.0.15").resolve("bin/java"));
        Path jdk = machine.addJdk("jdks/25", "25.0.3");

        WrapperRun run = machine.mvnw();

        assertThat(run.output()).contains("JAVA_HOME=" + jdk + "\n");
        assertThat(run.errors()).isEmpty();
    }

    @Test
    void passesOverJavaOnPathWhenItHasNoCompiler() throws Exception {
        machine.putOnPath(machine.addJre("own", "25.0.3").resolve("bin/java"));
        Path jdk = machine.addJdk("jdks/25", "25.0.3");

        assertThat(machine.mvnw().output()).contains("JAVA_HOME=" + jdk + "\n");
    }

    @Test
    void picksNewestJdkWhenSeveralAreFound() throws Exception {
        machine.addJdk("jdks/a", "25.0.9");
        Path newest = machine.addJdk("jdks/b", "25.0.10");
        machine.addJdk("jdks/c", "1.8.0_472");
        machine.addJdk("more/d", "25.0.3");
        machine.addJre("more/e", "26");

        assertThat(machine.mvnw().output()).contains("JAVA_HOME=" + newest + "\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ".sdkman/candidates/java/999-tem",
                ".jdks/temurin-999",
                "Library/Java/JavaVirtualMachines/temurin-999.jdk/Contents/Home"
            })
    void findsJdkWhenItIsWhereToolsOfTheHomePutIt(String place) throws Exception {
        machine.unset("GATEHOUSE_JDK_ROOTS");
        Path jdk = machine.addJdk("home/" + place, "999.0.1");

        assertThat(machine.mvnw().output()).contains("JAVA_HOME=" + jdk + "\n");
    }

    @Test
    void failsWithRemedyWhenNoJdkIsFound() throws Exception {
        Path older = machine.addJdk("own", "21.0.8");
        machine.set("JAVA_HOME", older.toString());
        machine.addJre("jdks/jre", "25.0.3");
        machine.addJdk("jdks/old", "17.0.15");

        WrapperRun run = machine.mvnw("verify");

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.output()).isEmpty();
        assertThat(run.errors())
                .startsWith("mvnw: found no JDK of at least 25. Looked at:\n")
                .contains("  JAVA_HOME: " + older + "\n")
                .contains("  java on the PATH: none\n")
                .containsPattern("  the JDKs under: .*/jdks:.*/more\n")
                .contains("Install a JDK 25");
    }

    @Test
    void handsArgumentsOverUnchangedWhenMavenIsInstalled() throws Exception {
        machine.addJdk("jdks/25", "25.0.3");

        WrapperRun run = machine.mvnw("-Dname=two words", "", "*", "verify");

        assertThat(run.output())
                .endsWith("argument=-Dname=two words\nargument=\nargument=*\nargument=verify\n");
    }

    @Test
    void staysInCallersDirectoryWhenCalledFromElsewhere() throws Exception {
        machine.addJdk("jdks/25", "25.0.3");

        WrapperRun run = machine.mvnwIn(machine.home());

        assertThat(run.output()).contains("directory=" + machine.home() + "\n");
    }
}
