package dev.gatehouse.connector.nio;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.channels.NetworkChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;
import org.apache.coyote.Processor;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.NioEndpoint;
import org.apache.tomcat.util.net.SocketEvent;
import org.apache.tomcat.util.net.SocketProcessorBase;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tomcat's endpoint, which accepts and polls connections. It exposes its threads and its work, and
 * closes a connection whatever is thrown while it is processed.
 */
public final class ConnectorEndpoint extends NioEndpoint {

    private static final Logger logger = LoggerFactory.getLogger(ConnectorEndpoint.class);

    /** Direct memory for buffers that are borrowed at once: 8.5 MB. */
    private static final int BUFFERS = 512;

    private final ConnectionCounts counts;
    private final RefusedRequests refusedRequests = new RefusedRequests();
    private final LongAdder dispatches = new LongAdder();
    private volatile EndpointThreads threads = EndpointThreads.NONE;
    private volatile int boundPort = -1;
    private boolean isLimitedByMemory;
    private volatile @Nullable VirtualMachineError nextAccept;
    private volatile @Nullable VirtualMachineError nextPoll;
    private final BufferPool buffers = new BufferPool(BUFFERS);
    private final EndedStreams endedStreams = new EndedStreams();
    private final HeaderIndexing headerIndexing = new HeaderIndexing();
    private @Nullable Predicate<InetAddress> proxyPeers;

    public ConnectorEndpoint(ConnectionCounts counts) {
        this.counts = counts;
        getSocketProperties().setBufferPool(0); // no channel serves two connections
    }

    @Override
    public void startInternal() throws Exception {
        super.startInternal();
        boundPort = getLocalPort();
        threads = EndpointThreads.named(getName()).logDeaths();
    }

    /**
     * Closes what Tomcat leaves open: connections that its poller knew no longer, or whose poller
     * died.
     */
    @Override
    public void stopInternal() {
        super.stopInternal();
        getConnections().forEach(SocketWrapperBase::close);
    }

    @Override
    protected SocketChannel serverSocketAccept() throws Exception {
        SocketChannel accepted = super.serverSocketAccept();
        VirtualMachineError error = nextAccept;
        if (error != null) {
            nextAccept = null;
            accepted.close();
            throw error;
        }
        counts.increment(ConnectionKind.ACCEPTED);
        return accepted;
    }

    /** As Tomcat's, with connections of another type. */
    @Override
    protected boolean setSocketOptions(SocketChannel accepted) {
        ActiveConnection known = null;
        try {
            PooledBuffers own = new PooledBuffers(buffers);
            ActiveConnection connection = isSSLEnabled() ? overTls(own) : overPlain(own);
            connection.getSocket().reset(accepted, connection);
            connections.put(accepted, connection);
            expectProxyHeader(connection, accepted.socket().getInetAddress());
            known = connection;
            accepted.configureBlocking(false);
            getSocketProperties().setProperties(accepted.socket());
            connection.setReadTimeout(getConnectionTimeout());
            connection.setWriteTimeout(getConnectionTimeout());
            connection.setKeepAliveLeft(getMaxKeepAliveRequests());
            getPoller().register(connection);
            return true;
        } catch (VirtualMachineError error) {
            closeQuietly(accepted); // the acceptor may die of it, but its client need not wait
            throw error;
        } catch (Throwable ex) {
            getLog().error("A connection could not be set up", ex);
            if (known == null) {
                destroySocket(accepted);
            }
            return false;
        }
    }

    private ActiveConnection overTls(PooledBuffers own) {
        return new ActiveConnection(new TlsChannel(own, this, buffers), this);
    }

    private ActiveConnection overPlain(PooledBuffers own) {
        return new ActiveConnection(new PlainChannel(own), this);
    }

    private void expectProxyHeader(ActiveConnection connection, @Nullable InetAddress peer) {
        Predicate<InetAddress> trusted = proxyPeers;
        if (trusted != null && peer != null) {
            connection.expectProxyHeader(peer, trusted.test(peer), isSSLEnabled());
        }
    }

    void expectProxyHeaders(@Nullable Predicate<InetAddress> trustedPeers) {
        proxyPeers = trustedPeers;
    }

    boolean expectsProxyHeaders() {
        return proxyPeers != null;
    }

    private static void closeQuietly(SocketChannel accepted) {
        try {
            accepted.close();
        } catch (IOException ex) {
            logger.debug("A connection that failed to be set up failed to close", ex);
        }
    }

    @Override
    public boolean processSocket(
            @Nullable SocketWrapperBase<NioChannel> connection,
            SocketEvent event,
            boolean dispatch) {
        dispatches.increment();
        VirtualMachineError error = nextPoll;
        if (error != null && Thread.currentThread().equals(threads.poller())) {
            nextPoll = null;
            throw error;
        }
        return super.processSocket(connection, event, dispatch);
    }

    @Override
    protected SocketProcessorBase<NioChannel> createSocketProcessor(
            SocketWrapperBase<NioChannel> connection, SocketEvent event) {
        return new GuardedProcessor(connection, event);
    }

    /** What processes the connection's next request, whether it has come or not. */
    Runnable nextTurn(ActiveConnection connection) {
        dispatches.increment();
        return createSocketProcessor(connection, SocketEvent.OPEN_READ);
    }

    /** Whether it speaks one of these protocols, by their ALPN names (RFC 7301). */
    boolean speaksAny(List<String> protocols) {
        return !Collections.disjoint(negotiableProtocols, protocols);
    }

    void limitConnections(int room) {
        if (getMaxConnections() > room) {
            logger.info(
                    "This container's memory has room for {} TLS connections: no more are accepted",
                    room);
            setMaxConnections(room);
            isLimitedByMemory = true;
        }
    }

    /** Whether another connection finds no memory, and not merely a configured limit. */
    boolean isRoomTaken() {
        return isLimitedByMemory && getConnectionCount() >= getMaxConnections();
    }

    /** A connection has been cut off to make room for others. */
    void countCutOff() {
        counts.increment(ConnectionKind.SHED);
    }

    BufferPool buffers() {
        return buffers;
    }

    RefusedRequests refusedRequests() {
        return refusedRequests;
    }

    public EndpointThreads threads() {
        return threads;
    }

    /** How often a connection has been handed to a worker. */
    public long dispatches() {
        return dispatches.sum();
    }

    /** The port that it listened on last, also when it does no longer; -1 if it never did. */
    public int boundPort() {
        return boundPort;
    }

    /** Lets the acceptor die of this at the next connection, as of a fault of the JVM. */
    public void failNextAccept(VirtualMachineError error) {
        nextAccept = error;
    }

    /** Has the poller thread die of that at the next event, as of a fault of the JVM. */
    public void failNextPoll(VirtualMachineError error) {
        nextPoll = error;
    }

    /** Whether the poller cannot poll, although its thread runs. */
    public boolean isSelectorClosed() {
        return getPoller() != null && !getPoller().getSelector().isOpen();
    }

    /**
     * Open connections but those that have had no owner for that long: no thread processes them,
     * the poller does not wait for them, and they have no processor.
     */
    public int ownedConnections(Duration lostAfter) {
        long lastSeen = System.currentTimeMillis() - lostAfter.toMillis();
        return (int) getConnections().stream().filter(c -> !isLost(c, lastSeen)).count();
    }

    private static boolean isLost(SocketWrapperBase<NioChannel> connection, long lastSeenMillis) {
        return connection instanceof NioSocketWrapper nio
                && !nio.getLock().isLocked()
                && nio.interestOps() == 0
                && nio.getCurrentProcessor() == null
                && nio.getSendfileData() == null
                && Math.max(nio.getLastRead(), nio.getLastWrite()) < lastSeenMillis;
    }

    public void closeListener() throws IOException {
        NetworkChannel listener = getServerSocket();
        if (listener != null) {
            listener.close();
        }
    }

    /** Processes one event of one connection, and closes it when anything gets out. */
    final class GuardedProcessor extends SocketProcessor {

        GuardedProcessor(SocketWrapperBase<NioChannel> connection, SocketEvent event) {
            super(connection, event);
        }

        @Nullable ActiveConnection connection() {
            return socketWrapper instanceof ActiveConnection connection ? connection : null;
        }

        @Override
        protected void doRun() {
            // Tomcat takes this object for the next event before an Error gets here.
            if (!(socketWrapper instanceof ActiveConnection connection)) {
                throw new IllegalStateException("A connection of another type: " + socketWrapper);
            }
            connection.beginTurn();
            try {
                if (isPastProxyHeader(connection)) {
                    super.doRun();
                }
            } catch (VirtualMachineError error) {
                counts.containedError();
                getLog().error("An Error while a connection was processed: closing it", error);
                connection.close();
            } finally {
                connection.endTurn();
                rest(connection);
            }
        }

        private boolean isPastProxyHeader(ActiveConnection connection) {
            if (event != SocketEvent.OPEN_READ) {
                return true; // a time-out or a stop, which end it
            }
            return switch (connection.readProxyHeader()) {
                case PROCEED -> true;
                case WAIT -> {
                    connection.registerReadInterest();
                    yield false;
                }
                case CLOSE -> {
                    connection.close();
                    yield false;
                }
            };
        }

        /** Its turn is over: keeps next to nothing until something comes. */
        private void rest(ActiveConnection connection) {
            if (!(connection.getSocket() instanceof TracedChannel channel)) {
                return; // closed
            }
            if (!(connection.getCurrentProcessor() instanceof Processor processor)) {
                channel.compact();
            } else if (!processor.isAsync()) {
                channel.compact();
                endedStreams.forget(processor, connections.size());
                headerIndexing.limit(processor);
            }
        }
    }
}
