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
    private ConnectionTrace trace = new ConnectionTrace(System.nanoTime());

    PlainChannel(ReclaimableBuffers buffers) {
        super(buffers);
        this.buffers = buffers;
    }

    @Override
    public ConnectionTrace trace() {
        return trace;
    }

    @Override
    public void reclaim(boolean isBetweenRequests) {
        if (isBetweenRequests) {
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
        }
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        int read = super.read(target);
        if (read == 0 && trace.isHeaderDelivered()) {
            TracedChannel.letOthersGoFirst();
            read = super.read(target);
        }
        if (read > 0) {
            trace.requestByteSeen();
        }
        return read;
    }
}
