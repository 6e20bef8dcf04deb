package dev.gatehouse.redirect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testing.Rejection;
import dev.gatehouse.testing.TestProperties;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedirectPropertiesTests {

    private static final String[] CANONICAL = {"gatehouse.redirect.canonical-host=www.example.com"};

    @Test
    void enforcesForGoodWhenNothingIsSet() {
        assertThat(bind())
                .isEqualTo(
                        new RedirectProperties(
                                RedirectMode.ENFORCE,
                                true,
                                null,
                                java.util.List.of(),
                                UnknownHost.REJECT,
                                null,
                                false,
                                new HstsProperties(Duration.ofDays(365), false, false)));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 65536})
    void stopsWhenPortIsNone(int port) {
        assertThat(Rejection.of(() -> bind("gatehouse.redirect.https-port=" + port)))
                .isEqualTo(
                        """
                        gatehouse.redirect.https-port = '%d' is not a port. Set it to the port of \
                        the public HTTPS address, or leave it out to use the HTTPS connector's own."""
                                .formatted(port));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://example.com",
                "example.com:443",
                "example.com/x",
                "*",
                "*.com",
                "a.*.com",
                "-a.example",
                "1.2.3",
                "[::1]:443",
                "::g"
            })
    void stopsWhenHostIsNone(String host) {
        assertThat(Rejection.of(() -> bind("gatehouse.redirect.hosts[0]=" + host)))
                .isEqualTo(
                        """
                        gatehouse.redirect.hosts[0] = '%s' is neither a host name nor an address. \
                        Give a name such as www.example.com, *.example.com for one label of any \
                        name, or an address; no scheme, port or path."""
                                .formatted(host));
    }

    @Test
    void takesNamesWildcardsAndAddressesWhenTheyAreHosts() {
        String hosts = "Example.COM,*.Example.com,192.0.2.1,2001:db8::1,[2001:db8::2]";

        assertThat(SiteNames.ofHosts(bind("gatehouse.redirect.hosts=" + hosts).hosts()))
                .extracting(SiteNames::describe)
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
                .containsExactly(
                        "*.example.com", "example.com", "192.0.2.1", "2001:db8::1", "2001:db8::2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"*.example.com", "https://example.com", "example.com:443", "a b"})
    void stopsWhenCanonicalHostIsNone(String host) {
        assertThat(Rejection.of(() -> bind("gatehouse.redirect.canonical-host=" + host)))
                .isEqualTo(
                        """
                        gatehouse.redirect.canonical-host = '%s' is not a host name. Give one name \
                        such as www.example.com; no wildcard, scheme, port or path."""
                                .formatted(host));
    }

    @Test
    void stopsWhenCanonicalHostIsNotAmongHosts() {
        assertThat(Rejection.of(() -> bind(CANONICAL[0], "gatehouse.redirect.hosts=example.com")))
                .isEqualTo(
                        """
                        gatehouse.redirect.canonical-host = 'www.example.com' is none of \
                        gatehouse.redirect.hosts. Add it to gatehouse.redirect.hosts, or choose one \
                        of those.""");
    }

    @ParameterizedTest
    @CsvSource({"unknown-host, canonical", "canonicalize, true"})
    void stopsWhenCanonicalHostIsNeededAndMissing(String property, String value) {
        assertThat(Rejection.of(() -> bind("gatehouse.redirect." + property + "=" + value)))
                .isEqualTo(
                        """
                        gatehouse.redirect.%s = '%s' needs a canonical host. Set \
                        gatehouse.redirect.canonical-host to the name that the site wants to be \
                        known by."""
                                .formatted(property, value));
    }

    @Test
    void stopsWhenHstsIsNegative() {
        assertThat(Rejection.of(() -> bind("gatehouse.redirect.hsts.max-age=-1s")))
                .isEqualTo(
                        """
                        gatehouse.redirect.hsts.max-age = 'PT-1S' is negative. Set it to a duration \
                        such as 365d, or to 0 to take the header back.""");
    }

    @ParameterizedTest
    @CsvSource({"364d, true", "365d, false"})
    void stopsWhenPreloadLacksItsConditions(String maxAge, String subdomains) {
        assertThat(
                        Rejection.of(
                                () ->
                                        bind(
                                                "gatehouse.redirect.hsts.preload=true",
                                                "gatehouse.redirect.hsts.max-age=" + maxAge,
                                                "gatehouse.redirect.hsts.include-subdomains="
                                                        + subdomains)))
                .isEqualTo(
                        """
                        gatehouse.redirect.hsts.preload = 'true' needs a max-age of a year or more, \
                        and include-subdomains. Set gatehouse.redirect.hsts.max-age=365d and \
                        gatehouse.redirect.hsts.include-subdomains=true, once every subdomain has \
                        HTTPS; or leave preload out.""");
    }

    @Test
    void writesHstsHeaderWhenPreloadKeepsItsConditions() {
        RedirectProperties properties =
                bind(
                        "gatehouse.redirect.hsts.preload=true",
                        "gatehouse.redirect.hsts.include-subdomains=true");

        assertThat(properties.hsts().headerValue())
                .isEqualTo("max-age=31536000; includeSubDomains; preload");
    }

    private static RedirectProperties bind(String... properties) {
        return TestProperties.bind(RedirectProperties.class, "gatehouse.redirect", properties);
    }
}
