package dev.gatehouse.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gatehouse.config.InvalidPropertyException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.security.autoconfigure.SecurityProperties;

class MonitoringUserTests {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "open sesame",
                "{noop}open sesame",
                "{bcrypt}$2a$04$tZjQJyfpPNymySYmd9vS6uQdW70yKwViUyFLZoCVKoLK470l/3Cci"
            })
    void matchesWhenNameAndPasswordAreRightAlone(String configured) {
        MonitoringUser user =
                new MonitoringUser(MonitoringUserAuthenticatorTests.properties(configured));

        assertThat(user.hasPassword()).isTrue();
        assertThat(user.matches("operator", "open sesame")).isTrue();
        assertThat(user.matches("operator", "close sesame")).isFalse();
        assertThat(user.matches("operator", "")).isFalse();
        assertThat(user.matches("Operator", "open sesame")).isFalse();
    }

    @Test
    void matchesNothingWhenThereIsNoPassword() {
        SecurityProperties.User properties = new SecurityProperties.User();
        MonitoringUser user = new MonitoringUser(properties);

        assertThat(user.hasPassword()).isFalse();
        assertThat(user.matches(properties.getName(), properties.getPassword())).isFalse();
        assertThat(user.matches(properties.getName(), "")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{hunter2}xyz", "{bcrypt}hunter2", "{bcrypt}", "{MD6}hunter2"})
    void createWhenTheEncodingIsUnknownStopsTheStartWithoutThePassword(String password) {
        assertThatExceptionOfType(InvalidPropertyException.class)
                .isThrownBy(
                        () ->
                                new MonitoringUser(
                                        MonitoringUserAuthenticatorTests.properties(password)))
                .withMessage(
                        "spring.security.user.password = '******' has an unknown encoding or is"
                                + " not of that encoding.")
                .satisfies(ex -> assertThat(ex.remedy()).contains("{bcrypt}"));
    }

    @ParameterizedTest
    @CsvSource({
        "203.0.113.7, 203.0.113.7, true",
        "203.0.113.7, 203.0.113.8, false",
        "::ffff:203.0.113.7, 203.0.113.7, true",
        "2001:db8::1, 2001:db8::ffff:2, true",
        "2001:db8::1, 2001:db8:0:1::1, false",
        "fe80::1%eth0, fe80::1, true"
    })
    void clientIsAnAddressOfIpv4AndANetworkOfIpv6(String one, String other, boolean same) {
        assertThat(FailureLimit.client(one).equals(FailureLimit.client(other))).isEqualTo(same);
    }
}
