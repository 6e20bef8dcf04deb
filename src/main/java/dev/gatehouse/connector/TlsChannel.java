package dev.gatehouse.connector;

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
 * The channel of a TLS connection. Whatever uses the two buffers of what is encrypted holds a lock,
 * so that they can be taken from a connection that is idle, of HTTP/2 too.
 */
final class TlsChannel extends ClientHelloChannel implements TracedChannel {

    private static final Logger logger = LoggerFactory.getLogger(TlsChannel.class);

    /** As much as a record of TLS takes in (RFC 8446, 5.1). */
    static final int LARGEST_PLAINTEXT = 1 << 14;

    private static final ByteBuffer NONE = ByteBuffer.allocate(0);

    private final ReclaimableBuffers buffers;
    private final ReentrantLock encrypted = new ReentrantLock();
    private final NioEndpoint endpoint;
    private final HeapShare share;
    private int encryptedSize;
    private HeldHeap held;
    private ConnectionTrace trace = new ConnectionTrace(System.nanoTime());
    private @Nullable GatheredFrames frames;

    TlsChannel(ReclaimableBuffers buffers, ConnectorEndpoint endpoint, HeapShare share) {
        super(buffers, endpoint);
        this.buffers = buffers;
        this.endpoint = endpoint;
        this.share = share;
        this.held = HeldHeap.tls(share);
        this.encryptedSize = netInBuffer.capacity();
        reclaimEncrypted(); // most who connect say nothing for a while
    }

    @Override
    public ConnectionTrace trace() {
        return trace;
    }

    @Override
    public HeldHeap held() {
        return held;
    }

    @Override
    public void reclaim(boolean isLeftAlone) {
        if (isLeftAlone) {
            buffers.reclaim();
        }
        if (!encrypted.tryLock()) {
            return;
        }
        try {
            if (netInBuffer.position() == 0
                    && !netOutBuffer.hasRemaining()
                    && (frames == null || frames.reclaim())) {
                reclaimEncrypted();
            }
        } finally {
            encrypted.unlock();
        }
    }

    private void reclaimEncrypted() {
        encryptedSize = Math.max(encryptedSize, netInBuffer.capacity());
        netInBuffer = NONE;
        netOutBuffer = NONE;
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
        if (netInBuffer.capacity() == 0) {
            netInBuffer = ByteBuffer.allocate(encryptedSize);
            netOutBuffer = ByteBuffer.allocate(encryptedSize).limit(0); // nothing to be written
        }
    }

    @Override
    public void reset(@Nullable SocketChannel channel, @Nullable NioSocketWrapper wrapper)
            throws IOException {
        encrypted.lock();
        try {
            super.reset(channel, wrapper);
            reclaimEncrypted();
            frames = null;
        } finally {
            encrypted.unlock();
        }
        if (channel != null) {
            trace = new ConnectionTrace(System.nanoTime());
            held = HeldHeap.tls(share);
        }
    }

    @Override
    public int handshake(boolean read, boolean write) throws IOException {
        lock();
        try {
            int interest = super.handshake(read, write);
            if (handshakeComplete) {
                buffers.reclaim(); // HTTP/2 has its own
                gatherFrames();
            }
            acknowledge();
            return interest;
        } finally {
            if (sniComplete || netInBuffer.position() > 0) {
                trace.helloSeen();
            }
            encrypted.unlock();
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
            frames = new GatheredFrames(endpoint, connection, super::write);
        }
    }

    /**
     * A client that leaves Nagle's algorithm on sends its end of the handshake in two parts, and
     * its request only once both have arrived. Nothing of ours tells it so (BoringSSL sends its
     * tickets with the first answer), and the kernel would wait 40 ms each time.
     */
    private void acknowledge() throws IOException {
        if (sc.supportedOptions().contains(ExtendedSocketOptions.TCP_QUICKACK)) {
            sc.setOption(ExtendedSocketOptions.TCP_QUICKACK, true);
        }
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        trace.letOthersGoFirst();
        lock();
        int read;
        try {
            read = super.read(target);
        } finally {
            encrypted.unlock();
        }
        if (read > 0) {
            trace.requestByteSeen();
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
            encrypted.unlock();
        }
        if (read > 0) {
            trace.requestByteSeen();
        }
        return read;
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        lock();
        try {
            GatheredFrames gathering = frames;
            if (gathering != null) {
                return gathering.write(source);
            }
            trace.written();
            return super.write(source);
        } finally {
            encrypted.unlock();
        }
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
            encrypted.unlock();
        }
    }

    @Override
    protected SSLEngineResult handshakeWrap(boolean write) throws IOException {
        lock();
        try {
            return super.handshakeWrap(write);
        } finally {
            encrypted.unlock();
        }
    }

    /**
     * The socket is closed, so nothing will come in. An engine that is told so frees its native
     * memory and descriptors now, and else when it happens to be collected.
     */
    @Override
    public void close(boolean force) throws IOException {
        try {
            super.close(force);
        } finally {
            if (closed && sslEngine != null) {
                closeInbound(sslEngine);
            }
        }
    }

    private static void closeInbound(SSLEngine engine) {
        try {
            engine.closeInbound();
        } catch (SSLException ex) {
            logger.trace("A client closed its connection without TLS's own farewell", ex);
        }
    }

    @Override
    public void close() throws IOException {
        lock();
        try {
            sendGathered();
            super.close();
        } finally {
            encrypted.unlock();
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
