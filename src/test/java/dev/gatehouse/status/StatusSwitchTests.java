package dev.gatehouse.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testing.RawHttp;
import dev.gatehouse.testing.RunningGatehouse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Whether there is a status page, and for whom. */
@ExtendWith(OutputCaptureExtension.class)
class StatusSwitchTests {

    private static final String NOTICE = "The status page is off";

    @TempDir private Path site;

    private static RawHttp.Response get(RunningGatehouse gatehouse, String path, String... more) {
        return gatehouse.https(
                "GET "
                        + path
                        + " HTTP/1.1\r\nHost: localhost\r\n"
                        + String.join("", more)
                        + "\r\n");
    }

    private String otherSite() throws IOException {
        Files.writeString(site.resolve("index.html"), "<title>x</title>");
        return "gatehouse.site.root=file:" + site + "/";
    }

    @Test
    void pageWhenTheSiteIsAnotherIsOffAndSaysHowToTurnItOn(CapturedOutput output)
            throws IOException {
        try (RunningGatehouse gatehouse = RunningGatehouse.start(otherSite())) {
            assertThat(get(gatehouse, "/status").status()).isEqualTo(404);
            assertThat(get(gatehouse, "/status/events").status()).isEqualTo(404);
        }
        assertThat(output).containsOnlyOnce(NOTICE).contains("Set gatehouse.status.enabled=true");
    }

    @Test
    void pageWhenTurnedOnBesideAnotherSiteIsThere(CapturedOutput output) throws IOException {
        try (RunningGatehouse gatehouse =
                RunningGatehouse.start(
                        otherSite(), "gatehouse.status.enabled=true", "gatehouse.instance=web-1")) {
            assertThat(get(gatehouse, "/status", "Accept: text/html\r\n").body())
                    .contains("Instance <strong>web-1</strong>");
        }
        assertThat(output).doesNotContain(NOTICE);
    }

    @Test
    void pageWhenNotPublicNeedsTheMonitoringUser() {
        try (RunningGatehouse gatehouse =
                RunningGatehouse.start(
                        "gatehouse.status.public=false",
                        "spring.security.user.password=an-actuator-password")) {
            for (String path :
                    new String[] {"/status", "/status/events", "/status/connectors.svg"}) {
                assertThat(get(gatehouse, path).status()).as(path).isEqualTo(401);
            }
            RawHttp.Response json =
                    get(
                            gatehouse,
                            "/status",
                            "Accept: application/json\r\n",
                            "Authorization: Basic dXNlcjphbi1hY3R1YXRvci1wYXNzd29yZA==\r\n");
            assertThat(json.status()).isEqualTo(200);
            assertThat(json.body())
                    .contains("\"components\":[{\"name\":\"http\"")
                    .contains("\"history\":[{\"from\":\"20")
                    .doesNotContain("<svg")
                    .doesNotContain("doors");
        }
    }
}
