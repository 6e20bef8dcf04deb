package dev.gatehouse.connector.nio;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.tomcat.util.net.NioChannel;

/** The channel of a plain connection. */
final class PlainChannel extends NioChannel implements TracedChannel {

    private final PooledBuffers buffers;
    private final ConnectionProgress trace = new ConnectionProgress(System.nanoTime());

    PlainChannel(PooledBuffers buffers) {
        super(buffers);
        this.buffers = buffers;
    }

    @Override
    public ConnectionProgress trace() {
        return trace;
    }

    @Override
    public void compact() {
        buffers.compactRead();
    }

    @Override
    public void received(ByteBuffer bytes, ActiveConnection connection) {
        if (bytes.hasRemaining()) {
            connection.unRead(bytes);
            trace.requestByteSeen();
        }
    }

    @Override
    public int headerBytes() {
        return getAppReadBufHandler().getByteBuffer().limit();
    }

    @Override
    public int bufferBytes() {
        return buffers.bytes();
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        int read = super.read(target);
        if (read > 0) {
            trace.requestByteSeen();
            trace.progressed();
        }
        return read;
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        trace.written();
        int written = super.write(source);
        if (written > 0) {
            trace.progressed();
        }
        return written;
    }
}
