package dev.gatehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class CommandLineTests {

    @Test
    void helpNamesTheOptions(CapturedOutput output) {
        GatehouseApplication.main(new String[] {"--help"});

        assertThat(output).contains("Usage:", "--check", "--version", "docs/configuration.md");
    }

    @Test
    void versionIsThatOfTheBuild(CapturedOutput output) {
        GatehouseApplication.main(new String[] {"--version"});

        assertThat(output.toString()).matches("Gatehouse [0-9].* \\(Java 25.*\\)\n");
    }

    @Test
    void checkWhenTheConfigurationIsValidPrintsWhatWouldBeServedAndOpensNoPort(
            CapturedOutput output) throws IOException {
        try (ServerSocket other = new ServerSocket(0)) {
            GatehouseApplication.main(
                    new String[] {
                        "--check",
                        "--server.port=0",
                        "--gatehouse.http.port=" + other.getLocalPort()
                    });

            assertThat(output)
                    .contains("The configuration is valid.")
                    .contains("HTTPS  port 0, certificate for ")
                    .contains(", self-signed")
                    .contains("HTTP   port " + other.getLocalPort() + " (in use now)")
                    .contains("site   built-in")
                    .doesNotContain("Tomcat started", "Exception", "ERROR");
        }
    }

    @Test
    void checkWhenAStartWouldFailSaysWhyAndThrows(CapturedOutput output) {
        assertThatThrownBy(
                () ->
                        GatehouseApplication.main(
                                new String[] {
                                    "--check",
                                    "--server.port=0",
                                    "--gatehouse.http.port=0",
                                    "--gatehouse.site.root=file:/no/such/folder"
                                }));

        assertThat(output)
                .contains("APPLICATION FAILED TO START")
                .contains("gatehouse.site.root = 'file:/no/such/folder/' is not a folder")
                .doesNotContain("The configuration is valid", "\tat ");
    }

    @Test
    void launcherWhenJavaIsOlderSaysSoInOneLine() {
        assertThat(Launcher.problemWith(21))
                .startsWith("Gatehouse needs Java 25 or later, and this is Java 21, in ")
                .doesNotContain("\n");
        assertThat(Launcher.problemWith(25)).isNull();
        assertThat(Launcher.problemWith(26)).isNull();
    }
}
