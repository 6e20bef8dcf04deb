package dev.gatehouse.redirect;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** The policy that some properties make, put together without a server. */
final class TestPolicy {

    static final String SECRET = "0123456789abcdef0123456789abcdef";
    static final String NEXT_SECRET = "fedcba9876543210fedcba9876543210";

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
        Binder binder = binder(all.toArray(String[]::new));
        RedirectProperties redirect = bind(binder, "gatehouse.redirect", RedirectProperties.class);
        GatewayProperties gateways = bind(binder, "gatehouse", GatewayProperties.class);
        GatewayConfiguration configuration = new GatewayConfiguration();
        Integer port = redirect.httpsPort();
        return new RedirectPolicy(
                new RedirectRules(
                                all.contains("acme=true"),
                                configuration.gateways(gateways).all(),
                                bind(binder, "gatehouse.exemptions", ExemptionProperties.class),
                                configuration.trustedProxies(gateways),
                                ConfiguredNames.siteNames(redirect.hosts()),
                                redirect.canonical(),
                                redirect.unknownHost(),
                                new Destination(
                                        () -> port == null ? 443 : port, redirect.permanent()))
                        .inOrder());
    }

    /** The properties of one gateway, {@code rapidapi}, and those given of its own. */
    static String[] gateway(String... own) {
        List<String> all =
                new ArrayList<>(
                        List.of("name=rapidapi", "header=X-Proxy-Secret", "secrets[0]=" + SECRET));
        all.addAll(Arrays.asList(own));
        return all.stream().map(one -> "gatehouse.gateways[0]." + one).toArray(String[]::new);
    }

    static String[] gatewayWithFiles(Path... files) {
        List<String> all = new ArrayList<>();
        all.add("gatehouse.gateways[0].name=rapidapi");
        all.add("gatehouse.gateways[0].header=X-Proxy-Secret");
        for (int i = 0; i < files.length; i++) {
            all.add("gatehouse.gateways[0].secret-files[" + i + "]=" + files[i]);
        }
        return all.toArray(String[]::new);
    }

    static <T> T bind(Class<T> type, String prefix, String... properties) {
        return bind(binder(properties), prefix, type);
    }

    private static <T> T bind(Binder binder, String prefix, Class<T> type) {
        return binder.bindOrCreate(prefix, type);
    }

    private static Binder binder(String... properties) {
        Map<String, @Nullable String> map = new HashMap<>();
        for (String property : properties) {
            int equals = property.indexOf('=');
            map.put(property.substring(0, equals), property.substring(equals + 1));
        }
        return new Binder(new MapConfigurationPropertySource(map));
    }
}
