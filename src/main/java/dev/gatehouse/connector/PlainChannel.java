package dev.gatehouse.connector;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.NioEndpoint.NioSocketWrapper;
import org.jspecify.annotations.Nullable;

/** The channel of a plain connection. */
final class PlainChannel extends NioChannel implements TracedChannel {

    private final ReclaimableBuffers buffers;
    private final HeapShare share;
    private HeldHeap held;
    private ConnectionTrace trace = new ConnectionTrace(System.nanoTime());

    PlainChannel(ReclaimableBuffers buffers, HeapShare share) {
        super(buffers);
        this.buffers = buffers;
        this.share = share;
        this.held = HeldHeap.plain(share);
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
    }

    @Override
    public int bufferBytes() {
        return buffers.bytes();
    }

    @Override
    public void reset(@Nullable SocketChannel channel, @Nullable NioSocketWrapper wrapper)
            throws IOException {
        super.reset(channel, wrapper);
        if (channel != null) {
            trace = new ConnectionTrace(System.nanoTime());
            held = HeldHeap.plain(share);
        }
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        trace.letOthersGoFirst();
        int read = super.read(target);
        if (read > 0) {
            trace.requestByteSeen();
        }
        return read;
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        trace.written();
        return super.write(source);
    }
}
