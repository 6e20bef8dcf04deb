package dev.gatehouse.connector.nio;

import dev.gatehouse.task.PeriodicTask;
import dev.gatehouse.task.PeriodicTasks;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.Consumer;
import org.apache.coyote.AbstractProtocol;
import org.apache.coyote.Adapter;
import org.apache.coyote.Processor;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SocketEvent;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.apache.tomcat.util.threads.VirtualThreadExecutor;
import org.jspecify.annotations.Nullable;

/**
 * Tomcat's HTTP/1.1 protocol, which both connectors speak, with every connection traced from its
 * acceptance to its end. Says where it could not listen: Tomcat's own exception tells neither the
 * address nor the port.
 */
public final class ConnectorProtocol extends Http11NioProtocol {

    private static final int RESPONSE_BUFFER = 2048;

    /** Processors that are kept for the next request: as many as are in use in a normal moment. */
    private static final int CACHED_PROCESSORS = 32;

    private final ConnectorEndpoint endpoint;
    private final ConnectionCounts counts;
    private final NewConnections newConnections = new NewConnections();
    private final PeerSummary scans = new PeerSummary();
    private @Nullable ConnectorSettings settings;
    private @Nullable PeriodicTask slowConnections;
    private Consumer<SSLHostConfig> hostConfigCompletion = _ -> {};

    /** Called by Tomcat, by name. */
    public ConnectorProtocol() {
        this(new ConnectionCounts());
    }

    private ConnectorProtocol(ConnectionCounts counts) {
        this(new ConnectorEndpoint(counts), counts);
    }

    private ConnectorProtocol(ConnectorEndpoint endpoint, ConnectionCounts counts) {
        super(endpoint);
        this.endpoint = endpoint;
        this.counts = counts;
        ConnectionHandler<NioChannel> handler = new TracingHandler(this);
        endpoint.setHandler(handler);
        setHandler(handler);
    }

    /** Tomcat names HTTP/2 alone to ALPN, and takes HTTP/1.1 for what is left. */
    @Override
    public void init() throws Exception {
        super.init();
        endpoint.addNegotiatedProtocol("http/1.1");
    }

    @Override
    public void setAdapter(Adapter application) {
        GuardedAdapter guarded = new GuardedAdapter(application, newConnections, answers(), counts);
        super.setAdapter(guarded);
        endpoint.refusedRequests().logTo(guarded);
    }

    /**
     * Lets every TLS configuration pass by there before it is taken: those that are here, and those
     * that a reload brings. Spring Boot makes a new one each time (spring-boot#51290).
     */
    public void completeHostConfigs(Consumer<SSLHostConfig> completion) {
        hostConfigCompletion = completion;
        for (SSLHostConfig config : findSslHostConfigs()) {
            completion.accept(config);
        }
    }

    @Override
    public void addSslHostConfig(SSLHostConfig config, boolean replace) {
        hostConfigCompletion.accept(config);
        super.addSslHostConfig(config, replace);
    }

    /**
     * Without those of two certificates. Spring Boot 4.1.2 puts a reloaded certificate into the
     * configuration that it finds here, and fails where there are two; where it finds none it
     * creates a new one.
     */
    @Override
    public SSLHostConfig[] findSslHostConfigs() {
        return Arrays.stream(super.findSslHostConfigs())
                .filter(config -> config.getCertificates().size() < 2)
                .toArray(SSLHostConfig[]::new);
    }

    /**
     * Completes it, once and before it starts: Spring Boot and Tomcat create it by name, without
     * arguments.
     *
     * @param tasks take the task that cuts slow connections while the connector runs
     */
    public void configure(ConnectorSettings settings, PeriodicTasks tasks) {
        this.settings = settings;
        endpoint.limitConnections(settings.room());
        endpoint.expectProxyHeaders(settings.proxyPeers());
        SlowConnections slow =
                new SlowConnections(
                        endpoint,
                        settings.headerTimeout(),
                        () -> Duration.ofMillis(getConnectionTimeout()));
        slowConnections =
                tasks.addUnstarted(
                        "slow-connections-" + settings.name(), slow::interval, slow::look);
        setProcessorCache(Math.min(getProcessorCache(), CACHED_PROCESSORS));
        if (getExecutor() instanceof VirtualThreadExecutor) {
            replaceExecutor();
        }
    }

    private ConnectorSettings settings() {
        return Objects.requireNonNull(settings, "configure() was not called");
    }

    public BlockedRequests blockedRequests() {
        return settings().blocked();
    }

    /**
     * The bytes, and twice that for characters, that each response has for what is written in small
     * parts. Files, and all that is written at once, take none of it.
     */
    @Override
    public int getDesiredBufferSize() {
        return RESPONSE_BUFFER;
    }

    /** Takes the place of Spring Boot's, which has no limit, or of one that was shut down. */
    public void replaceExecutor() {
        setExecutor(new ConnectionExecutor(blockedRequests()));
    }

    @Override
    public void start() throws Exception {
        try {
            super.start();
        } catch (SocketException ex) {
            throw new ConnectorBindException(configuredAddress(), ex);
        }
        if (slowConnections != null) {
            slowConnections.start();
        }
    }

    @Override
    public void stop() throws Exception {
        if (slowConnections != null) {
            slowConnections.stop();
        }
        super.stop();
    }

    private InetSocketAddress configuredAddress() {
        InetAddress address = getAddress();
        return address == null
                ? new InetSocketAddress(getPort())
                : new InetSocketAddress(address, getPort());
    }

    /** Whether a connection's client may be another than its peer. */
    public boolean expectsProxyHeaders() {
        return endpoint.expectsProxyHeaders();
    }

    public ConnectorEndpoint endpoint() {
        return endpoint;
    }

    public ConnectionCounts counts() {
        return counts;
    }

    public VisitorAnswers answers() {
        return settings().answers();
    }

    /** Who has connected and asked for nothing since the last summary. */
    public PeerSummary scans() {
        return scans;
    }

    private void ended(SocketWrapperBase<NioChannel> connection, ConnectionProgress trace) {
        boolean handshakeComplete = connection.getSocket().isHandshakeComplete();
        boolean timedOut = connection.getError() instanceof SocketTimeoutException;
        trace.kind(handshakeComplete, timedOut)
                .ifPresent(
                        kind -> {
                            counts.increment(kind);
                            if (kind.isScan()) {
                                scans.add(String.valueOf(connection.getRemoteAddr()));
                            }
                        });
    }

    /** Sees each event of each connection, and its end. */
    private static final class TracingHandler
            extends AbstractProtocol.ConnectionHandler<NioChannel> {

        private final ConnectorProtocol protocol;

        TracingHandler(ConnectorProtocol protocol) {
            super(protocol);
            this.protocol = protocol;
        }

        @Override
        public SocketState process(SocketWrapperBase<NioChannel> connection, SocketEvent event) {
            if (event == SocketEvent.OPEN_READ
                    && connection.getSocket() instanceof TracedChannel channel
                    && channel.trace().isToBeFollowed()) {
                protocol.newConnections.add(connection, channel.trace());
            }
            if (connection instanceof ActiveConnection served) {
                endWait(served);
                if (event == SocketEvent.OPEN_READ && awaitsPreface(served)) {
                    connection.registerReadInterest();
                    return SocketState.OPEN;
                }
            }
            SocketState state = super.process(connection, event);
            if (state == SocketState.LONG && connection instanceof ActiveConnection served) {
                beginWait(served);
            }
            return state;
        }

        private static boolean awaitsPreface(ActiveConnection connection) {
            try {
                return connection.awaitsPreface();
            } catch (IOException _) {
                return false; // Tomcat meets it again, and closes the connection
            }
        }

        /**
         * What is answered asynchronously is counted. Of a header that is not complete the bytes
         * are kept, and parsed again when more come, and no processor.
         */
        private void beginWait(ActiveConnection connection) {
            if (!(connection.getCurrentProcessor() instanceof Processor processor)) {
                return;
            }
            if (processor.isAsync()) {
                connection.beginAsyncWait();
                protocol.blockedRequests().begin(connection);
            } else if (connection.getSocket() instanceof TracedChannel channel
                    && connection.putBack(channel.headerBytes())) {
                super.release(connection);
            }
        }

        private void endWait(ActiveConnection connection) {
            if (connection.endAsyncWait()) {
                protocol.blockedRequests().end(connection);
            }
        }

        @Override
        public void release(SocketWrapperBase<NioChannel> connection) {
            if (connection.getSocket() instanceof TracedChannel channel) {
                if (channel.trace().isFollowed()) {
                    protocol.newConnections.remove(connection);
                }
                protocol.ended(connection, channel.trace());
            }
            if (connection instanceof ActiveConnection served) {
                endWait(served);
            }
            super.release(connection);
        }
    }
}
