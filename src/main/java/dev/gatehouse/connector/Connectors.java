package dev.gatehouse.connector;

import dev.gatehouse.connector.nio.ConnectionKind;
import dev.gatehouse.connector.nio.ConnectorEndpoint;
import dev.gatehouse.connector.nio.ConnectorProtocol;
import dev.gatehouse.connector.nio.VisitorAnswers;
import dev.gatehouse.connector.nio.WaitingRequests;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;

/** The two connectors of the running server. The one place that knows their bound ports. */
public class Connectors {

    private final Map<ConnectorName, Connector> byName = new EnumMap<>(ConnectorName.class);
    private final LongAdder httpRequests = new LongAdder();
    private final LongAdder httpsRequests = new LongAdder();

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
     * own. The same when it does not listen any more.
     */
    public InetSocketAddress localAddress(ConnectorName name) {
        InetAddress bound = protocol(name).getAddress();
        InetAddress target =
                bound == null || bound.isAnyLocalAddress()
                        ? InetAddress.getLoopbackAddress()
                        : bound;
        return new InetSocketAddress(target, Math.max(0, endpoint(name).boundPort()));
    }

    void countRequest(ConnectorName name) {
        requestCount(name).increment();
    }

    /** Requests since the start of the process. */
    public long requests(ConnectorName name) {
        return requestCount(name).sum();
    }

    private LongAdder requestCount(ConnectorName name) {
        return name == ConnectorName.HTTP ? httpRequests : httpsRequests;
    }

    /** Number of connections of that kind. */
    public long count(ConnectorName name, ConnectionKind kind) {
        return protocol(name).counts().get(kind);
    }

    /** Connections that it counts against its limit, the one that it waits for included. */
    public long connections(ConnectorName name) {
        return endpoint(name).getConnectionCount();
    }

    /** The evidence that visitors give that it lives. */
    public VisitorAnswers answers(ConnectorName name) {
        return protocol(name).answers();
    }

    /** A way to look at its parts again and again, from one thread. */
    public ConnectorInspection inspection(ConnectorName name) {
        return new ConnectorInspection(this, name);
    }

    /** Stops and starts it, and leaves the other alone; see {@link ConnectorRestart}. */
    public void restart(ConnectorName name) throws LifecycleException {
        new ConnectorRestart(get(name), protocol(name)).run();
    }

    /** Kills it in that way. */
    public void inflict(ConnectorName name, ConnectorFault fault) throws LifecycleException {
        try {
            fault.inflict(this, name);
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    /** The connections of both, to take leave of; none where a connector was never made. */
    List<OpenConnections> open() {
        return byName.keySet().stream().map(name -> new OpenConnections(protocol(name))).toList();
    }

    /** Where both listened last. */
    List<Integer> boundPorts() {
        return byName.keySet().stream().map(name -> endpoint(name).boundPort()).toList();
    }

    /** The requests of both that wait. */
    WaitingRequests waitingRequests() {
        return protocol(ConnectorName.HTTPS).waitingRequests();
    }

    ConnectorEndpoint endpoint(ConnectorName name) {
        return protocol(name).endpoint();
    }

    /** Tomcat's protocol of that connector, which has its limits and counts. */
    ConnectorProtocol protocol(ConnectorName name) {
        return (ConnectorProtocol) get(name).getProtocolHandler();
    }
}
