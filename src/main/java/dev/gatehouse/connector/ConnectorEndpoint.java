package dev.gatehouse.connector;

import java.io.IOException;
import java.nio.channels.NetworkChannel;
import java.nio.channels.SocketChannel;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.NioEndpoint;
import org.apache.tomcat.util.net.SocketBufferHandler;
import org.apache.tomcat.util.net.SocketEvent;
import org.apache.tomcat.util.net.SocketProcessorBase;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tomcat's endpoint, which accepts and polls, with its threads and its work in sight, and with a
 * guard: whatever is thrown while a connection is processed, the connection is closed.
 */
class ConnectorEndpoint extends NioEndpoint {

    private static final Logger logger = LoggerFactory.getLogger(ConnectorEndpoint.class);

    private static final String HTTP_2 = "h2";

    private final ConnectionCounts counts;
    private final LongAdder dispatches = new LongAdder();
    private volatile EndpointThreads threads = EndpointThreads.NONE;
    private volatile int boundPort = -1;
    private volatile @Nullable VirtualMachineError nextAccept;
    private HeapShare share = HeapShare.ofThisHeap();

    ConnectorEndpoint(ConnectionCounts counts) {
        this.counts = counts;
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

    /** Where the acceptor dies of what is thrown, the visitor at least need not wait for it. */
    @Override
    protected boolean setSocketOptions(SocketChannel accepted) {
        try {
            return super.setSocketOptions(accepted);
        } catch (VirtualMachineError error) {
            closeQuietly(accepted);
            throw error;
        }
    }

    private static void closeQuietly(SocketChannel accepted) {
        try {
            accepted.close();
        } catch (IOException ex) {
            logger.debug("A connection that failed to be set up failed to close", ex);
        }
    }

    @Override
    protected NioChannel createChannel(SocketBufferHandler buffers) {
        ReclaimableBuffers own = new ReclaimableBuffers(getSocketProperties().getAppReadBufSize());
        return isSSLEnabled() ? new TlsChannel(own, this, share) : new PlainChannel(own, share);
    }

    @Override
    public boolean processSocket(
            @Nullable SocketWrapperBase<NioChannel> connection,
            SocketEvent event,
            boolean dispatch) {
        dispatches.increment();
        return super.processSocket(connection, event, dispatch);
    }

    @Override
    protected SocketProcessorBase<NioChannel> createSocketProcessor(
            SocketWrapperBase<NioChannel> connection, SocketEvent event) {
        return new GuardedProcessor(connection, event);
    }

    /** Whether it speaks one of these protocols, by their ALPN names (RFC 7301). */
    boolean speaksAny(List<String> protocols) {
        return !Collections.disjoint(negotiableProtocols, protocols);
    }

    /** Has its connections take what they need of that, before it starts. */
    void setShare(HeapShare share) {
        this.share = share;
    }

    /** A connection has been cut off to make room for others. */
    void shed() {
        counts.increment(ConnectionKind.SHED);
    }

    EndpointThreads threads() {
        return threads;
    }

    /** How often a connection has been handed to a worker. */
    long dispatches() {
        return dispatches.sum();
    }

    /** The port that it listened on last, also when it does no longer; -1 if it never did. */
    int boundPort() {
        return boundPort;
    }

    /** Lets the acceptor die of this at the next connection, as of a fault of the JVM. */
    void failNextAccept(VirtualMachineError error) {
        nextAccept = error;
    }

    void closePollerSelector() throws IOException {
        getPoller().getSelector().close();
    }

    void closeListener() throws IOException {
        NetworkChannel listener = getServerSocket();
        if (listener != null) {
            listener.close();
        }
    }

    /** Processes one event of one connection, and closes it when anything gets out. */
    private final class GuardedProcessor extends SocketProcessor {

        GuardedProcessor(SocketWrapperBase<NioChannel> connection, SocketEvent event) {
            super(connection, event);
        }

        @Override
        protected void doRun() {
            // Tomcat takes this object for the next event before an Error gets here.
            SocketWrapperBase<NioChannel> connection = socketWrapper;
            if (!(connection.getSocket() instanceof TracedChannel channel)) {
                return; // closed
            }
            HeldHeap held = channel.held();
            if (!isLetIn(channel, held)) {
                connection.close();
                return;
            }
            try {
                serveStreams(held, () -> serve(connection));
            } finally {
                leave(connection, held);
            }
        }

        private boolean isLetIn(TracedChannel channel, HeldHeap held) {
            if (!isNews()) {
                held.enter();
                return true;
            }
            if (held.enterIfFree()) {
                return true;
            }
            channel.reclaim(true);
            return held.enterInTurn();
        }

        /** Of a connection's end or its time-out nobody is kept waiting: that makes room. */
        private boolean isNews() {
            return event == SocketEvent.OPEN_READ || event == SocketEvent.OPEN_WRITE;
        }

        private void serveStreams(HeldHeap held, Runnable service) {
            if (isSSLEnabled()) {
                StreamExecutor.serve(held, service);
            } else {
                service.run();
            }
        }

        private void serve(SocketWrapperBase<NioChannel> connection) {
            try {
                super.doRun();
            } catch (VirtualMachineError error) {
                counts.containedError();
                getLog().error("An Error while a connection was processed: closing it", error);
                connection.close();
            }
        }

        /** What is in the middle of a request or a handshake keeps what it has. */
        private static void leave(SocketWrapperBase<NioChannel> connection, HeldHeap held) {
            if (HTTP_2.equals(connection.getNegotiatedProtocol())) {
                held.leaveHttp2();
            } else if (connection.getCurrentProcessor() != null
                    || !(connection.getSocket() instanceof TracedChannel channel)) {
                held.leave();
            } else if (connection.getSocket().isHandshakeComplete()) {
                leaveIdle(channel, held);
            } else {
                leaveHandshake(channel, held);
            }
        }

        private static void leaveIdle(TracedChannel channel, HeldHeap held) {
            if (!held.leaveIdle()) {
                channel.reclaim(true);
            }
        }

        /**
         * Crowds begin their handshakes all together: buffers go back while a client is awaited.
         */
        private static void leaveHandshake(TracedChannel channel, HeldHeap held) {
            channel.reclaim(true);
            if (channel.bufferBytes() > 0) {
                held.leave();
            } else {
                held.leaveIdle();
            }
        }
    }
}
