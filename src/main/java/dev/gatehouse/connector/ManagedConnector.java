package dev.gatehouse.connector;

import dev.gatehouse.connector.nio.ConnectionKind;
import dev.gatehouse.connector.nio.ConnectorEndpoint;
import dev.gatehouse.connector.nio.ConnectorProtocol;
import dev.gatehouse.connector.nio.VisitorAnswers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.LongAdder;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One of the two connectors, from its creation to the end of the process. */
public final class ManagedConnector {

    private static final Logger logger = LoggerFactory.getLogger(ManagedConnector.class);

    private final ConnectorName name;
    private final Connector tomcat;
    private final ConnectorProtocol protocol;
    private final LongAdder requests = new LongAdder();

    ManagedConnector(ConnectorName name, Connector tomcat) {
        this.name = name;
        this.tomcat = tomcat;
        this.protocol = (ConnectorProtocol) tomcat.getProtocolHandler();
    }

    public ConnectorName name() {
        return name;
    }

    /** Tomcat's own connector. */
    public Connector tomcat() {
        return tomcat;
    }

    /** The port that the connector is bound to, or -1 while it is not bound. */
    public int port() {
        return tomcat.getLocalPort();
    }

    /**
     * The address of the connector for clients on this machine: loopback, unless it is bound to one
     * address. It stays the same when the connector stops listening.
     */
    public InetSocketAddress localAddress() {
        InetAddress bound = protocol.getAddress();
        InetAddress target =
                bound == null || bound.isAnyLocalAddress()
                        ? InetAddress.getLoopbackAddress()
                        : bound;
        return new InetSocketAddress(target, Math.max(0, endpoint().boundPort()));
    }

    void countRequest() {
        requests.increment();
    }

    /** Requests since the start of the process. */
    public long requests() {
        return requests.sum();
    }

    /** Connections of that kind since the start of the process. */
    public long count(ConnectionKind kind) {
        return protocol.counts().get(kind);
    }

    /** Open connections that count against the limit, with the one that is about to be accepted. */
    public long openConnections() {
        return endpoint().getConnectionCount();
    }

    /** The answers to visitors. */
    public VisitorAnswers answers() {
        return protocol.answers();
    }

    /** Reads the state of its parts. Used by one thread. */
    public ConnectorInspection inspection() {
        return new ConnectorInspection(this);
    }

    /**
     * Stops the connector and starts it on the same port. Spring Boot has it bind at its start and
     * not at its initialisation, so this releases the port and all threads.
     */
    public void restart() throws LifecycleException {
        try {
            tomcat.stop();
        } catch (LifecycleException ex) {
            // A dead connector may fail to stop; only the start matters.
            logger.debug("A dead connector failed to stop", ex);
        }
        keepPort();
        replaceShutDownExecutor();
        tomcat.start();
    }

    /** Where port 0 was configured, clients know the port that was bound first. */
    private void keepPort() {
        int bound = endpoint().boundPort();
        if (tomcat.getPort() == 0 && bound > 0) {
            tomcat.setPort(bound);
        }
    }

    /** Tomcat creates its own pool again, but not the executor that Spring Boot set. */
    private void replaceShutDownExecutor() {
        Executor executor = protocol.getExecutor();
        if (executor instanceof ExecutorService service && service.isShutdown()) {
            protocol.replaceExecutor();
        }
    }

    /** Injects that fault. */
    public void inject(ConnectorFault fault) throws LifecycleException {
        try {
            fault.injectInto(this);
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    ConnectorProtocol protocol() {
        return protocol;
    }

    ConnectorEndpoint endpoint() {
        return protocol.endpoint();
    }
}
