package dev.gatehouse.redirect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testing.RawHttp.Response;
import dev.gatehouse.testing.RunningGatehouse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Raw bytes to the plain connector, and the answers that docs/redirect.md says they get. */
class BadInputTests {

    private static RunningGatehouse gatehouse;

    /**
     * Every peer in a test is loopback, so the view of a public client needs that exemption off.
     */
    @BeforeAll
    static void start(@TempDir Path webroot) {
        gatehouse =
                RunningGatehouse.start(
                        "gatehouse.exemptions.loopback=false",
                        "gatehouse.redirect.https-port=443",
                        "gatehouse.redirect.hosts=www.example.com,::1",
                        "gatehouse.acme.webroot=" + webroot,
                        "gatehouse.gateways[0].name=rapidapi",
                        "gatehouse.gateways[0].header=X-Proxy-Secret",
                        "gatehouse.gateways[0].secrets=" + TestPolicy.SECRET);
    }

    @AfterAll
    static void stop() {
        gatehouse.close();
    }

    @ParameterizedTest
    @MethodSource("dev.gatehouse.redirect.BadInputs#all")
    void answersAsDocumentedWhenInputIsBad(BadInput input) {
        Response response = gatehouse.http(input.raw());

        assertThat(BadInput.textOf(response)).isEqualTo(input.answer());
        assertThat(response.header("Strict-Transport-Security")).isEmpty();
        if (response.header("Location").isPresent()) {
            assertThat(response.header("Cache-Control")).hasValue("private, max-age=3600");
        }
    }

    @Test
    void listsEveryBadInputWhenDocumented() throws IOException {
        Map<String, List<BadInput>> tables =
                Map.of(
                        "Hosts", BadInputs.hosts(),
                        "Targets", BadInputs.targets(),
                        "Methods", BadInputs.methods(),
                        "Exemptions", BadInputs.exemptions(),
                        "HTTP/1", BadInputs.http1());
        String documentation = Files.readString(Path.of("docs/redirect.md"));

        tables.forEach((title, inputs) -> assertThat(documentation).contains(table(title, inputs)));
    }

    private static String table(String title, List<BadInput> inputs) {
        return "\n### "
                + title
                + "\n\n| in | out |\n|---|---|\n"
                + String.join("\n", inputs.stream().map(BadInput::row).toList())
                + "\n";
    }
}
