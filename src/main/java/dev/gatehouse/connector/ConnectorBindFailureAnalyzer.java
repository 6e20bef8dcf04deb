package dev.gatehouse.connector;

import dev.gatehouse.connector.nio.ConnectorBindException;
import java.net.InetSocketAddress;
import java.util.Locale;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

/** Says which connector could not listen, where, why, and what to do about it. */
@Order(Ordered.HIGHEST_PRECEDENCE)
class ConnectorBindFailureAnalyzer extends AbstractFailureAnalyzer<ConnectorBindException> {

    private final Environment environment;

    ConnectorBindFailureAnalyzer(Environment environment) {
        this.environment = environment;
    }

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, ConnectorBindException cause) {
        ConnectorName connector = connectorOn(cause.address().getPort());
        String description =
                "The %s connector cannot listen on %s port %d: %s."
                        .formatted(
                                connector.name(),
                                describe(cause.address()),
                                cause.address().getPort(),
                                cause.reason());
        return new FailureAnalysis(description, remedy(connector, cause), cause);
    }

    private ConnectorName connectorOn(int port) {
        Integer httpPort =
                environment.getProperty(ConnectorName.HTTP.portProperty(), Integer.class, 80);
        return port == httpPort ? ConnectorName.HTTP : ConnectorName.HTTPS;
    }

    private static String describe(InetSocketAddress address) {
        return address.getAddress().isAnyLocalAddress()
                ? "any address,"
                : "address " + IpAddressFormat.format(address.getAddress()) + ",";
    }

    private static String remedy(ConnectorName connector, ConnectorBindException cause) {
        String reason = cause.reason().toLowerCase(Locale.ROOT);
        int port = cause.address().getPort();
        String otherPort =
                "set %s to another port, or use the profile 'local' (8443 and 8080)"
                        .formatted(connector.portProperty());
        if (reason.contains("permission denied")) {
            return "Ports below 1024 need a privilege: set the sysctl"
                    + " net.ipv4.ip_unprivileged_port_start=0 (in Kubernetes: in the pod's"
                    + " securityContext.sysctls), or "
                    + otherPort
                    + ".";
        }
        if (reason.contains("in use")) {
            return "Find the process that holds it (ss -ltnp 'sport = :%d') and stop it, or %s."
                    .formatted(port, otherPort);
        }
        if (reason.contains("assign")) {
            return "No interface of this machine has that address: set server.address to one that"
                    + " it has, or leave it out to listen on all.";
        }
        return "Check server.address and " + connector.portProperty() + ".";
    }
}
