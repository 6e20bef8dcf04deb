package dev.gatehouse.connector;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.EnumMap;
import java.util.Map;
import org.apache.catalina.connector.Connector;
import org.apache.coyote.AbstractProtocol;

/** The two connectors of the running server. The one place that knows their bound ports. */
public class Connectors {

    private final Map<ConnectorName, Connector> byName = new EnumMap<>(ConnectorName.class);

    void put(ConnectorName name, Connector connector) {
        byName.put(name, connector);
    }

    /** Tomcat's connector of that name. */
    public Connector get(ConnectorName name) {
        Connector connector = byName.get(name);
        if (connector == null) {
            throw new IllegalStateException("The " + name + " connector has not been made yet");
        }
        return connector;
    }

    /** Which of the two a request came in by. */
    ConnectorName nameOf(Connector connector) {
        return connector.equals(byName.get(ConnectorName.HTTP))
                ? ConnectorName.HTTP
                : ConnectorName.HTTPS;
    }

    /** The port that the connector is bound to, or -1 while it is not bound. */
    public int port(ConnectorName name) {
        return get(name).getLocalPort();
    }

    /**
     * Where the connector is reached from this machine: loopback, unless it has an address of its
     * own.
     */
    public InetSocketAddress localAddress(ConnectorName name) {
        InetAddress bound = protocol(name).getAddress();
        InetAddress target =
                bound == null || bound.isAnyLocalAddress()
                        ? InetAddress.getLoopbackAddress()
                        : bound;
        return new InetSocketAddress(target, port(name));
    }

    /** Tomcat's protocol of that connector, which has its limits and counts. */
    AbstractProtocol<?> protocol(ConnectorName name) {
        return (AbstractProtocol<?>) get(name).getProtocolHandler();
    }
}
