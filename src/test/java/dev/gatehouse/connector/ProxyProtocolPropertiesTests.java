package dev.gatehouse.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.testing.TestProperties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProxyProtocolPropertiesTests {

    private static ProxyProtocolProperties bind(String... properties) {
        return TestProperties.bind(
                ProxyProtocolProperties.class, "gatehouse.proxy-protocol", properties);
    }

    @Test
    void trustsNoPeerWhenNothingIsSet() {
        assertThat(bind().trustedNetworks().isEmpty()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "10.0.0.1/8 | has bits set beyond its prefix",
                "balancer | is not a network",
                "0.0.0.0/0 | would let in the public internet"
            })
    void stopsStartWhenAnEntryIsNoNetworkOfLoadBalancers(String network, String problem) {
        assertThatThrownBy(() -> bind("gatehouse.proxy-protocol.trusted[0]=" + network))
                .hasRootCauseMessage(
                        "gatehouse.proxy-protocol.trusted[0] = '%s' %s."
                                .formatted(network, problem));
    }
}
