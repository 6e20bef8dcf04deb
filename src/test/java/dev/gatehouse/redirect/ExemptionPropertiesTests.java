package dev.gatehouse.redirect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testing.Rejection;
import dev.gatehouse.testing.TestProperties;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExemptionPropertiesTests {

    @Test
    void exemptsLoopbackAloneWhenNothingIsSet() {
        assertThat(bind()).isEqualTo(new ExemptionProperties(true, List.of(), List.of()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.0/33",
                "fd00::/129",
                "10.0.0",
                "10.1/16",
                "x/8",
                "10.0.0.0/",
                "/8",
                "10.0.0.0/-1",
                "::ffff:10.0.0.0/104",
                "fe80::1%eth0"
            })
    void stopsWhenNetworkIsNone(String network) {
        assertThat(Rejection.of(() -> bind("gatehouse.exemptions.networks[0]=" + network)))
                .isEqualTo(
                        """
                        gatehouse.exemptions.networks[0] = '%s' is not a network. Give a network \
                        such as 10.1.0.0/16 or fd00:1::/48, or a single address."""
                                .formatted(network));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"0.0.0.0/0", "0.0.0.0/1", "128.0.0.0/1", "8.0.0.0/7", "::/0", "2000::/3"})
    void stopsWhenNetworkIsThePublicInternet(String network) {
        assertThat(Rejection.of(() -> bind("gatehouse.exemptions.networks[0]=" + network)))
                .isEqualTo(
                        """
                        gatehouse.exemptions.networks[0] = '%s' would let in the public internet. \
                        Name the networks that are yours. To serve everybody over plain HTTP, set \
                        gatehouse.redirect.mode to off, which says so."""
                                .formatted(network));
    }

    @ParameterizedTest
    @CsvSource({
        "10.1.2.3/16, 10.1.0.0/16",
        "192.168.1.1/31, 192.168.1.0/31",
        "fd00:1::5/32, fd00:1::/32"
    })
    void stopsWithNetworkThatIsMeantWhenBitsAreSetBeyondPrefix(String network, String meant) {
        assertThat(Rejection.of(() -> bind("gatehouse.exemptions.networks[0]=" + network)))
                .isEqualTo(
                        """
                        gatehouse.exemptions.networks[0] = '%s' has bits set beyond its prefix. \
                        Write %s if that network is meant."""
                                .formatted(network, meant));
    }

    @ParameterizedTest
    @CsvSource({
        "status, does not begin with a slash",
        "/stra%C3%9Fe, is percent-encoded: paths are compared decoded",
        "/**, matches every path",
        "/{*all}, matches every path",
    })
    void stopsWhenPathIsNone(String path, String problem) {
        assertThat(Rejection.of(() -> bind("gatehouse.exemptions.paths[0]=" + path)))
                .isEqualTo(
                        """
                        gatehouse.exemptions.paths[0] = '%s' %s. Give a path such as /status, or a \
                        pattern such as /hooks/** or /v*/health."""
                                .formatted(path, problem));
    }

    @Test
    void stopsWhenPathIsNoPattern() {
        assertThat(Rejection.of(() -> bind("gatehouse.exemptions.paths[0]=/a/{b")))
                .startsWith("gatehouse.exemptions.paths[0] = '/a/{b' is not a pattern (");
    }

    private static ExemptionProperties bind(String... properties) {
        return TestProperties.bind(ExemptionProperties.class, "gatehouse.exemptions", properties);
    }
}
