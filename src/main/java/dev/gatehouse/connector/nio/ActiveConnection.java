package dev.gatehouse.connector.nio;

import jakarta.servlet.ServletConnection;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.coyote.Processor;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.NioEndpoint.NioSocketWrapper;
import org.apache.tomcat.util.net.SocketEvent;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection, whose thread gives its place to another while it waits for the client, and whose
 * buffers go back to the pool once they are empty.
 */
public final class ActiveConnection extends NioSocketWrapper {

    private static final Logger logger = LoggerFactory.getLogger(ActiveConnection.class);

    private final ConnectorEndpoint endpoint;
    private final ConnectionProgress trace;
    private final AtomicInteger waitingRequests = new AtomicInteger();
    private final AtomicBoolean cutOff = new AtomicBoolean();
    private final AtomicBoolean asyncWait = new AtomicBoolean();
    private boolean isPrefaceAwaited;
    private @Nullable Thread turn;
    private boolean isQueuedAgain;
    private ByteBuffer delivered = BufferPool.NONE;
    private @Nullable ProxyHeaderInput proxyHeader;
    private volatile @Nullable InetAddress client;

    public <C extends NioChannel & TracedChannel> ActiveConnection(
            C channel, ConnectorEndpoint endpoint) {
        super(channel, endpoint);
        this.endpoint = endpoint;
        this.trace = channel.trace();
    }

    /** How many of its requests wait. */
    public AtomicInteger waitingRequests() {
        return waitingRequests;
    }

    void beginAsyncWait() {
        asyncWait.set(true);
    }

    /** True once for each beginning. */
    boolean endAsyncWait() {
        return asyncWait.compareAndSet(true, false);
    }

    /** Time since its client has sent or taken a byte. */
    long stalledNanos(long nowNanos) {
        return trace.stalledNanos(nowNanos);
    }

    /** Whether no request is in progress, and no byte has come or gone for that long. */
    boolean isIdle(long nowNanos, long leastNanos) {
        return waitingRequests.get() == 0
                && !getLock().isLocked()
                && stalledNanos(nowNanos) > leastNanos
                && (isHttp2() || getCurrentProcessor() == null);
    }

    private boolean isHttp2() {
        return "h2".equals(getNegotiatedProtocol());
    }

    /**
     * Tells the client that the connection ends: GOAWAY of HTTP/2, else the end of what is sent.
     *
     * @return whether it is told so now, and has not been before
     */
    boolean askToGo() {
        SocketChannel socket = getSocket().getIOChannel();
        if (socket == null || !cutOff.compareAndSet(false, true)) {
            return false;
        }
        endpoint.countCutOff();
        if (isHttp2() && getCurrentProcessor() instanceof Processor processor) {
            Thread.startVirtualThread(processor::pause); // waits for what is written before it
        } else {
            try {
                socket.shutdownOutput();
            } catch (IOException ex) {
                logger.debug("A connection was gone before it was ended", ex);
            }
        }
        return true;
    }

    boolean isCutOff() {
        return cutOff.get();
    }

    /**
     * Ends the socket's two halves and leaves the rest to the threads that serve the connection: a
     * read comes to the end, a write fails, and what waits for either wakes up.
     */
    void cutOff() {
        SocketChannel socket = getSocket().getIOChannel();
        if (!cutOff.compareAndSet(false, true) || socket == null) {
            return;
        }
        endpoint.countCutOff();
        try {
            socket.shutdownInput();
            socket.shutdownOutput();
        } catch (IOException ex) {
            logger.debug("A connection was gone before it was cut off", ex);
        }
    }

    /**
     * Whether to leave an HTTP/2 connection to the poller until its client's preface comes: Tomcat
     * waits for it on a thread as soon as the handshake is complete. True once at most, as an end
     * of the input looks the same.
     */
    boolean awaitsPreface() throws IOException {
        if (isPrefaceAwaited || !isHttp2() || getCurrentProcessor() != null) {
            return false;
        }
        isPrefaceAwaited = true;
        boolean hasCome = isReadyForRead();
        giveBackRead();
        return !hasCome;
    }

    /** The thread processes an event of the connection from now on. */
    void beginTurn() {
        isQueuedAgain = false;
        turn = Thread.currentThread();
    }

    void endTurn() {
        turn = null;
        ByteBuffer former = delivered;
        delivered = BufferPool.NONE;
        endpoint.buffers().giveBack(former);
    }

    /**
     * Returns what has come of a request whose header is not complete to the read buffer, as it has
     * come: Tomcat's parser moves bytes in its own buffer.
     *
     * @param length how much of what was read last belongs to the request
     * @return whether all of it was still here: where a header may be longer than a buffer, not
     */
    boolean putBack(int length) {
        if (length > delivered.position()) {
            return false;
        }
        unRead(delivered.duplicate().flip().position(delivered.position() - length));
        return true;
    }

    /** Whether the bytes from there on begin with a request line and end with an empty line. */
    private static boolean isWholeHeader(ByteBuffer target, int start) {
        int end = target.position();
        return end - start > 16
                && target.get(start) >= 'A'
                && target.get(end - 1) == '\n'
                && target.get(end - 2) == '\r'
                && target.get(end - 3) == '\n';
    }

    /** Remembers what was read last, until the turn ends: a part of a header is put back. */
    private void deliver(ByteBuffer target, int start) {
        int count = target.position() - start;
        if (count > 0 && !isWholeHeader(target, start) && Thread.currentThread().equals(turn)) {
            if (delivered.capacity() == 0) {
                delivered = endpoint.buffers().borrow();
            }
            int kept = Math.min(count, delivered.capacity());
            if (kept > delivered.remaining()) {
                int end = delivered.position();
                int least = Math.min(end, delivered.capacity() - kept);
                delivered.limit(end).position(end - least).compact();
            }
            delivered.put(target.slice(target.position() - kept, kept));
        }
    }

    /** Expects a header of the PROXY protocol before anything else is processed. */
    void expectProxyHeader(InetAddress peer, boolean isTrusted, boolean isOverTls) {
        proxyHeader = new ProxyHeaderInput(peer, isTrusted, isOverTls, trace);
    }

    /** Reads what has come of that header, and leaves what follows it to be processed. */
    ProxyHeaderInput.Outcome readProxyHeader() {
        ProxyHeaderInput input = proxyHeader;
        SocketChannel socket = getSocket().getIOChannel();
        if (input == null || socket == null) {
            return ProxyHeaderInput.Outcome.PROCEED;
        }
        try {
            ProxyHeaderInput.Outcome outcome = input.read(socket);
            if (outcome == ProxyHeaderInput.Outcome.PROCEED) {
                proxyHeader = null;
                client = input.client();
                if (getSocket() instanceof TracedChannel channel) {
                    channel.received(input.rest(), this);
                }
            }
            return outcome;
        } catch (IOException ex) {
            logger.debug("A connection broke before its header of the PROXY protocol", ex);
            return ProxyHeaderInput.Outcome.CLOSE;
        }
    }

    /** The client that a load balancer has named by the PROXY protocol, or null. */
    @Nullable InetAddress client() {
        return client;
    }

    @Override
    public ServletConnection getServletConnection(String protocol, String protocolConnectionId) {
        ServletConnection connection = super.getServletConnection(protocol, protocolConnectionId);
        InetAddress named = client;
        return named == null ? connection : new ProxiedConnection(connection, named);
    }

    /** Whether bytes have come that nothing has processed yet. */
    public boolean hasUnprocessedInput() {
        return !getSocketBufferHandler().isReadBufferEmpty();
    }

    @Override
    public int read(boolean block, byte[] target, int offset, int length) throws IOException {
        if (!block && ConnectionExecutor.isBehind()) { // at the end of a frame of HTTP/2
            ConnectionExecutor.afterwards(
                    () -> endpoint.processSocket(this, SocketEvent.OPEN_READ, true));
            return 0;
        }
        try {
            int read = super.read(false, target, offset, length);
            if (!block || read != 0) {
                return read;
            }
            return ConnectionExecutor.whileWaiting(() -> super.read(true, target, offset, length));
        } finally {
            giveBackRead();
        }
    }

    @Override
    public int read(boolean block, ByteBuffer target) throws IOException {
        boolean isNextRequest = trace.hasWritten() && target.position() == 0;
        if (isNextRequest && !block && letsOthersGoFirst()) {
            return 0;
        }
        try {
            if (getSocketBufferHandler().isReadBufferEmpty()) {
                getSocketBufferHandler()
                        .configureReadBufferForWrite(); // Tomcat asks for its capacity
            }
            int start = target.position();
            int limit = target.limit();
            int read = super.read(false, target);
            if (block && read == 0) {
                target.limit(limit);
                read = ConnectionExecutor.whileWaiting(() -> super.read(true, target));
            }
            deliver(target, start);
            return read;
        } finally {
            giveBackRead();
        }
    }

    /**
     * After an answer, before it looks for the next request: where other connections wait for the
     * thread, this one is queued behind them, and else the thread only yields. On a busy connector
     * the request has often arrived by then, and is spared the way to the poller and back, a fifth
     * of what a redirect costs. A read before that finds nothing nine times out of ten.
     *
     * @return whether its turn is over
     */
    @SuppressWarnings("ThreadPriorityCheck") // it may gain something, and nothing relies on it
    private boolean letsOthersGoFirst() {
        isQueuedAgain = ConnectionExecutor.endTurn(() -> endpoint.nextTurn(this));
        if (!isQueuedAgain) {
            Thread.yield();
        }
        return isQueuedAgain;
    }

    /** Unless it is queued already, as if something had come. */
    @Override
    public void registerReadInterest() {
        if (!isQueuedAgain) {
            super.registerReadInterest();
        }
    }

    private void giveBackRead() {
        if (getSocketBufferHandler() instanceof PooledBuffers buffers) {
            buffers.giveBackRead();
        }
    }

    @Override
    protected void doWrite(boolean block, ByteBuffer source) throws IOException {
        try {
            super.doWrite(false, source);
            if (block && (source.hasRemaining() || getSocket().getOutboundRemaining() > 0)) {
                ConnectionExecutor.whileWaiting(
                        () -> {
                            super.doWrite(true, source);
                            return 0;
                        });
            }
        } finally {
            if (getSocketBufferHandler() instanceof PooledBuffers buffers) {
                buffers.giveBackWrite();
            }
        }
    }
}
