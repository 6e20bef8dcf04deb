package dev.gatehouse.tools.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gatehouse.config.InvalidPropertyException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Each default, and each rule with its message. */
@ExtendWith(OutputCaptureExtension.class)
class OutboundPropertiesTests {

    @Test
    void nothingIsAllowedByDefault() {
        assertThat(bind(Map.of())).isEqualTo(new OutboundProperties(List.of(), List.of()));
    }

    @ParameterizedTest
    @CsvSource({
        "allowed-networks[0], 10.1, is not a network",
        "allowed-networks[0], 10.0.0.1/8, has bits set beyond its prefix",
        "allowed-networks[0], 0.0.0.0/0, would let in the public internet",
        "allowed-ports[0], 0, is not a port",
        "allowed-ports[0], 65536, is not a port"
    })
    void propertyWhenWrongIsNamed(String name, String value, String problem) {
        String property = "gatehouse.outbound." + name;
        assertThatExceptionOfType(Exception.class)
                .isThrownBy(() -> bind(Map.of(property, value)))
                .havingRootCause()
                .isInstanceOf(InvalidPropertyException.class)
                .withMessage(property + " = '" + value + "' " + problem + ".");
    }

    private static OutboundProperties bind(Map<String, String> values) {
        return new Binder(new MapConfigurationPropertySource(values))
                .bindOrCreate("gatehouse.outbound", OutboundProperties.class);
    }

    @Test
    void startWhenNetworksAreAllowedWarns(CapturedOutput output) {
        new ApplicationContextRunner()
                .withUserConfiguration(OutboundConfiguration.class)
                .withPropertyValues("gatehouse.outbound.allowed-networks=10.1.0.0/16")
                .run(context -> assertThat(context).hasNotFailed());

        assertThat(output)
                .contains("WARN")
                .contains("gatehouse.outbound.allowed-networks = 10.1.0.0/16");
    }

    @Test
    void startWhenNothingIsAllowedDoesNotWarn(CapturedOutput output) {
        new ApplicationContextRunner()
                .withUserConfiguration(OutboundConfiguration.class)
                .run(context -> assertThat(context).hasNotFailed());

        assertThat(output).doesNotContain("WARN");
    }

    @ParameterizedTest
    @CsvSource({
        "http://site.test:8443/, true",
        "http://site.test:80/, true",
        "http://site.test:8080/, false",
        "http://staging.internal/, true",
        "http://wiki/, true",
        "http://user@site.test/, false"
    })
    void urlIsAllowedByItsPortAndName(String url, boolean allowed) {
        OutboundClient client =
                OutboundClient.guarded(
                        new OutboundProperties(List.of("10.1.0.0/16"), List.of(8443)));

        assertThat(client.targets().parse(url) instanceof Target.Accepted).isEqualTo(allowed);
    }
}
