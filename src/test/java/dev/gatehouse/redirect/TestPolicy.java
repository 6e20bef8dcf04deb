package dev.gatehouse.redirect;

import dev.gatehouse.gateway.TestGateways;
import dev.gatehouse.testing.TestProperties;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The policy that some properties make, put together without a server. */
final class TestPolicy {

    static final String SECRET = TestGateways.SECRET;
    static final String NEXT_SECRET = TestGateways.NEXT_SECRET;

    private TestPolicy() {}

    /** Each as {@code name=value}; the site is www.example.com, example.com and *.shop.example. */
    static RedirectPolicy of(String... properties) {
        List<String> all =
                new ArrayList<>(
                        List.of(
                                "gatehouse.redirect.https-port=443",
                                "gatehouse.redirect.hosts=www.example.com,example.com,"
                                        + "*.shop.example,192.0.2.1,2001:db8::1"));
        all.addAll(Arrays.asList(properties));
        String[] given = all.toArray(String[]::new);
        RedirectProperties redirect =
                TestProperties.bind(RedirectProperties.class, "gatehouse.redirect", given);
        Integer port = redirect.httpsPort();
        return new RedirectPolicy(
                new PolicyRules(
                                all.contains("acme=true"),
                                TestGateways.of(given).all(),
                                TestProperties.bind(
                                        ExemptionProperties.class, "gatehouse.exemptions", given),
                                TestGateways.trustedProxies(given),
                                SiteNames.ofHosts(redirect.hosts()),
                                redirect.canonical(),
                                redirect.unknownHost(),
                                new Destination(
                                        () -> port == null ? 443 : port, redirect.permanent()))
                        .inOrder());
    }
}
