package dev.gatehouse.gateway;

import dev.gatehouse.testing.TestProperties;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Gateways and trusted proxies that some properties make, without a server. */
public final class TestGateways {

    public static final String SECRET = "0123456789abcdef0123456789abcdef";
    public static final String NEXT_SECRET = "fedcba9876543210fedcba9876543210";

    private TestGateways() {}

    public static Gateways of(String... properties) {
        return CurrentGateways.of(bind(properties));
    }

    public static TrustedProxies trustedProxies(String... properties) {
        return new GatewayConfiguration().trustedProxies(bind(properties));
    }

    static GatewayProperties bind(String... properties) {
        return TestProperties.bind(GatewayProperties.class, "gatehouse", properties);
    }

    /** The properties of one gateway, {@code rapidapi}, and those given of its own. */
    public static String[] gateway(String... own) {
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
}
