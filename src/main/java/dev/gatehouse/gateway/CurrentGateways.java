package dev.gatehouse.gateway;

import dev.gatehouse.connector.Networks;
import dev.gatehouse.gateway.GatewayProperties.GatewaySpec;
import java.util.List;
import java.util.stream.IntStream;
import org.springframework.boot.context.properties.bind.Binder;

/** The gateways in force, which a reload of the configuration replaces as a whole. */
public final class CurrentGateways {

    /** The properties that a reload reads. */
    public static final List<String> PROPERTIES =
            List.of("gatehouse.gateways", "gatehouse.gateway-secret-refresh");

    private volatile Gateways current;

    CurrentGateways(Gateways first) {
        this.current = first;
    }

    public Gateways get() {
        return current;
    }

    /** The gateways of a configuration, checked, with what their secret files hold now. */
    public static Gateways read(Binder binder) {
        return of(binder.bindOrCreate("gatehouse", GatewayProperties.class));
    }

    public void replace(Gateways next) {
        current = next;
    }

    static Gateways of(GatewayProperties properties) {
        List<GatewaySpec> specs = properties.gateways();
        return new Gateways(
                IntStream.range(0, specs.size())
                        .mapToObj(i -> gateway("gatehouse.gateways[" + i + "]", specs.get(i)))
                        .toList(),
                properties.gatewaySecretRefresh());
    }

    private static Gateway gateway(String property, GatewaySpec spec) {
        return new Gateway(
                spec.name(),
                spec.header(),
                new GatewaySecrets(spec.name(), spec.secrets(), files(property, spec)),
                Networks.parse(property + ".networks", spec.networks()),
                PathPatterns.parse(property + ".paths", spec.paths()),
                spec.allUserHeaders(),
                spec.effectiveUserHeader(),
                spec.effectivePlanHeader());
    }

    private static List<SecretFile> files(String property, GatewaySpec spec) {
        return IntStream.range(0, spec.secretFiles().size())
                .mapToObj(
                        i ->
                                new SecretFile(
                                        property + ".secret-files[" + i + "]",
                                        spec.secretFiles().get(i)))
                .toList();
    }
}
