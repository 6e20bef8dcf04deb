package dev.gatehouse.redirect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testing.RawHttp;
import dev.gatehouse.testing.RunningGatehouse;
import dev.gatehouse.testing.TestCertificate;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HstsTests {

    private static final String HEADER = "Strict-Transport-Security";

    @TempDir private Path folder;

    @Test
    void isSentOverTlsWithErrorsTooWhenCertificateIsConfigured() throws IOException {
        try (RunningGatehouse gatehouse = withCertificate()) {
            for (String path :
                    new String[] {
                        "/", "/ping", "/none", "/fails", "/actuator/env", "/status/details"
                    }) {
                assertThat(get(gatehouse, path).header(HEADER)).hasValue("max-age=31536000");
            }
            assertThat(get(gatehouse, "/fails").status()).isEqualTo(500);
            assertThat(
                            gatehouse
                                    .http(RawHttp.request("GET / HTTP/1.1", "Host: localhost"))
                                    .header(HEADER))
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gatehouse.redirect.permanent=false",
                "gatehouse.redirect.mode=report-only",
                "gatehouse.redirect.mode=off"
            })
    void isNotSentWhenRedirectIsOnlyTried(String property) throws IOException {
        try (RunningGatehouse gatehouse = withCertificate(property)) {
            assertIsNeverSent(gatehouse);
        }
    }

    @Test
    void isNotSentWhenCertificateIsSelfSigned() {
        try (RunningGatehouse gatehouse = RunningGatehouse.start()) {
            assertIsNeverSent(gatehouse);
        }
    }

    /** Spring Security would send one of a year with subdomains. */
    private static void assertIsNeverSent(RunningGatehouse gatehouse) {
        for (String path :
                new String[] {
                    "/",
                    "/ping",
                    "/none",
                    "/status",
                    "/status/details",
                    "/actuator",
                    "/actuator/health",
                    "/actuator/info",
                    "/%00"
                }) {
            assertThat(get(gatehouse, path).header(HEADER)).as(path).isEmpty();
        }
    }

    private RunningGatehouse withCertificate(String... properties) throws IOException {
        TestCertificate.forNames("www.example.com").writeTo(folder);
        return RunningGatehouse.startWith(
                new Class<?>[] {WhoAmI.class},
                Stream.concat(
                                Arrays.stream(TestCertificate.properties(folder)),
                                Arrays.stream(properties))
                        .toArray(String[]::new));
    }

    private static RawHttp.Response get(RunningGatehouse gatehouse, String path) {
        return gatehouse.https(
                RawHttp.request("GET " + path + " HTTP/1.1", "Host: www.example.com"));
    }
}
