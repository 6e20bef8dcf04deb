package dev.gatehouse.connector.nio;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLException;
import jdk.net.ExtendedSocketOptions;
import org.apache.tomcat.util.net.NioEndpoint;
import org.apache.tomcat.util.net.NioEndpoint.NioSocketWrapper;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The channel of a TLS connection. The two buffers of what is encrypted are borrowed by each
 * operation that needs them, which holds a lock, and given back after it unless something is left
 * in them.
 */
final class TlsChannel extends ClientHelloChannel implements TracedChannel {

    private static final Logger logger = LoggerFactory.getLogger(TlsChannel.class);

    /** As much as a record of TLS takes in (RFC 8446, 5.1). */
    static final int LARGEST_PLAINTEXT = 1 << 14;

    private final PooledBuffers buffers;
    private final BufferPool pool;
    private final ReentrantLock encrypted = new ReentrantLock();
    private final NioEndpoint endpoint;
    private final RefusedRequests refusedRequests;
    private final ConnectionProgress trace = new ConnectionProgress(System.nanoTime());
    private ByteBuffer borrowedIn = BufferPool.NONE;
    private ByteBuffer borrowedOut = BufferPool.NONE;
    private @Nullable GatheredFrames frames;
    private boolean isFreed;

    TlsChannel(PooledBuffers buffers, ConnectorEndpoint endpoint, BufferPool pool) {
        super(buffers, endpoint);
        this.buffers = buffers;
        this.endpoint = endpoint;
        this.refusedRequests = endpoint.refusedRequests();
        this.pool = pool;
        this.netInBuffer = BufferPool.NONE;
        this.netOutBuffer = BufferPool.NONE;
    }

    @Override
    public ConnectionProgress trace() {
        return trace;
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // the same buffer, not equal content
    public void compact() {
        buffers.compactRead();
        encrypted.lock();
        try {
            if (netInBuffer.position() > 0 && netInBuffer == borrowedIn) {
                ByteBuffer rest = ByteBuffer.allocate(netInBuffer.position());
                netInBuffer = rest.put(netInBuffer.flip());
                giveBackIn();
            }
        } finally {
            encrypted.unlock();
        }
    }

    @Override
    public void received(ByteBuffer bytes, ActiveConnection connection) {
        encrypted.lock();
        try {
            netInBuffer = ByteBuffer.allocate(bytes.remaining()).put(bytes);
        } finally {
            encrypted.unlock();
        }
    }

    @Override
    public int headerBytes() {
        return getAppReadBufHandler().getByteBuffer().limit();
    }

    @Override
    public int bufferBytes() {
        GatheredFrames gathering = frames;
        int encryptedBytes = netInBuffer.capacity() + netOutBuffer.capacity();
        return buffers.bytes() + encryptedBytes + (gathering == null ? 0 : gathering.bytes());
    }

    /** Takes the lock, with the buffers there. */
    private void lock() {
        encrypted.lock();
        if (netInBuffer.capacity() < BufferPool.BUFFER_SIZE) {
            ByteBuffer rest = netInBuffer.flip();
            borrowedIn = pool.borrow();
            netInBuffer = borrowedIn.put(rest);
        }
        if (netOutBuffer.capacity() == 0) {
            borrowedOut = pool.borrow();
            netOutBuffer = borrowedOut.limit(0); // nothing to be written
        }
    }

    /** Releases the lock, and gives back the buffers that are empty. */
    @SuppressWarnings("ReferenceEquality") // the same buffer, not equal content
    private void unlock() {
        if (encrypted.getHoldCount() == 1) {
            if (netInBuffer != borrowedIn) { // Tomcat has replaced it by a larger one, and freed it
                pool.forget(borrowedIn);
                borrowedIn = BufferPool.NONE;
            }
            if (netInBuffer.position() == 0) {
                netInBuffer = BufferPool.NONE;
                giveBackIn();
            }
            if (netOutBuffer != borrowedOut) {
                pool.forget(borrowedOut);
                borrowedOut = BufferPool.NONE;
            }
            if (!netOutBuffer.hasRemaining()) {
                netOutBuffer = BufferPool.NONE;
                giveBackOut();
            }
            if (isFreed) {
                giveBackAll();
            }
        }
        encrypted.unlock();
    }

    private void giveBackIn() {
        pool.giveBack(borrowedIn);
        borrowedIn = BufferPool.NONE;
    }

    private void giveBackOut() {
        pool.giveBack(borrowedOut);
        borrowedOut = BufferPool.NONE;
    }

    /** Whatever is left in them: nothing reads or writes them but with the lock. */
    private void giveBackAll() {
        netInBuffer = BufferPool.NONE;
        netOutBuffer = BufferPool.NONE;
        giveBackIn();
        giveBackOut();
        GatheredFrames gathering = frames;
        if (gathering != null) {
            gathering.drop();
        }
        frames = null;
    }

    /** The connection is closed, with bytes perhaps that its client has not taken. */
    @Override
    public void free() {
        super.free();
        encrypted.lock();
        isFreed = true;
        unlock();
    }

    @Override
    public void reset(@Nullable SocketChannel channel, @Nullable NioSocketWrapper wrapper)
            throws IOException {
        encrypted.lock();
        try {
            super.reset(channel, wrapper);
            giveBackAll();
        } finally {
            encrypted.unlock();
        }
    }

    @Override
    public int handshake(boolean read, boolean write) throws IOException {
        lock();
        try {
            int interest = super.handshake(read, write);
            if (handshakeComplete) {
                gatherFrames();
            }
            acknowledge();
            return interest;
        } finally {
            if (sniComplete || netInBuffer.position() > 0) {
                trace.helloSeen();
            }
            unlock();
        }
    }

    @Override
    void helloRefused(boolean plainHttp) {
        trace.helloSeen();
        if (plainHttp) {
            trace.plainOnTls();
        }
    }

    private void gatherFrames() {
        NioSocketWrapper connection = socketWrapper;
        if ("h2".equals(sslEngine.getApplicationProtocol()) && !connection.hasAsyncIO()) {
            frames = new GatheredFrames(endpoint, connection, pool, this::send);
        }
    }

    /**
     * A client that leaves Nagle's algorithm on sends its end of the handshake in two parts, and
     * its request only once both have arrived. Gatehouse does not tell it so (BoringSSL sends its
     * tickets with the first answer), and the kernel would wait 40 ms each time.
     */
    private void acknowledge() throws IOException {
        if (sc.supportedOptions().contains(ExtendedSocketOptions.TCP_QUICKACK)) {
            sc.setOption(ExtendedSocketOptions.TCP_QUICKACK, true);
        }
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        lock();
        int read;
        try {
            read = super.read(target);
        } finally {
            unlock();
        }
        if (read > 0) {
            trace.requestByteSeen();
            trace.progressed();
        }
        return read;
    }

    /** How HTTP/2 reads. */
    @Override
    public long read(ByteBuffer[] targets, int offset, int length) throws IOException {
        lock();
        long read;
        try {
            read = super.read(targets, offset, length);
        } finally {
            unlock();
        }
        if (read > 0) {
            trace.requestByteSeen();
            trace.progressed();
        }
        return read;
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        if (frames != null) {
            refusedRequests.sending(source, socketWrapper);
        }
        lock();
        try {
            GatheredFrames gathering = frames;
            if (gathering != null) {
                return gathering.write(source);
            }
            trace.written();
            return send(source);
        } finally {
            unlock();
        }
    }

    private int send(ByteBuffer source) throws IOException {
        int pending = netOutBuffer.remaining();
        int written = super.write(source);
        if (written > 0 || netOutBuffer.remaining() < pending) {
            trace.progressed();
        }
        return written;
    }

    /**
     * How HTTP/2 writes. For several buffers at once Conscrypt keeps 18 KB of direct memory with
     * the connection for good, so they are put together here.
     */
    @Override
    public long write(ByteBuffer[] sources, int offset, int length) throws IOException {
        int total = remaining(sources, offset, length);
        for (int i = offset; i < offset + length; i++) {
            if (sources[i].remaining() == total) {
                return write(sources[i]);
            }
        }
        ByteBuffer together = ByteBuffer.allocate(Math.min(total, LARGEST_PLAINTEXT));
        for (int i = offset; together.hasRemaining(); i++) {
            int count = Math.min(sources[i].remaining(), together.remaining());
            together.put(sources[i].slice(sources[i].position(), count));
        }
        int written = write(together.flip());
        consume(sources, offset, written);
        return written;
    }

    private static int remaining(ByteBuffer[] sources, int offset, int length) {
        long total = 0;
        for (int i = offset; i < offset + length; i++) {
            total += sources[i].remaining();
        }
        return Math.clamp(total, 0, Integer.MAX_VALUE);
    }

    private static void consume(ByteBuffer[] sources, int offset, int written) {
        int left = written;
        for (int i = offset; left > 0; i++) {
            int count = Math.min(left, sources[i].remaining());
            sources[i].position(sources[i].position() + count);
            left -= count;
        }
    }

    @Override
    public int getOutboundRemaining() {
        GatheredFrames gathering = frames;
        return super.getOutboundRemaining() + (gathering == null ? 0 : gathering.due());
    }

    @Override
    public boolean flushOutbound() throws IOException {
        lock();
        try {
            return super.flushOutbound();
        } finally {
            unlock();
        }
    }

    @Override
    protected SSLEngineResult handshakeWrap(boolean write) throws IOException {
        lock();
        try {
            return super.handshakeWrap(write);
        } finally {
            unlock();
        }
    }

    /**
     * The socket is closed, so nothing will come in. An engine that is told so frees its native
     * memory and descriptors now, and else when it happens to be collected. Tomcat frees no channel
     * whose close fails, as it does when the client has not taken all, so the buffers are given
     * back here.
     */
    @Override
    public void close(boolean force) throws IOException {
        try {
            super.close(force);
        } finally {
            if (closed) {
                free();
                if (sslEngine != null) {
                    closeInbound(sslEngine);
                }
            }
        }
    }

    private static void closeInbound(SSLEngine engine) {
        try {
            engine.closeInbound();
        } catch (SSLException ex) {
            logger.trace("A client closed its connection without TLS's close_notify", ex);
        }
    }

    @Override
    public void close() throws IOException {
        lock();
        try {
            sendGathered();
            super.close();
        } finally {
            unlock();
        }
    }

    /** A GOAWAY, say; where that fails, the connection is to be closed none the less. */
    private void sendGathered() {
        GatheredFrames gathering = frames;
        if (gathering == null) {
            return;
        }
        try {
            gathering.close();
        } catch (IOException ex) {
            logger.trace("A client went before the last frames were sent", ex);
        }
    }
}
