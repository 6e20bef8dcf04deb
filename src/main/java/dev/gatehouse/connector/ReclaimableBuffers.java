package dev.gatehouse.connector;

import java.nio.ByteBuffer;
import org.apache.tomcat.util.net.SocketBufferHandler;
import org.jspecify.annotations.Nullable;

/**
 * The buffers between a connection and what reads and writes it, there only while they are needed:
 * Tomcat keeps two of 16 KB for each TLS connection, and most connections are idle.
 */
final class ReclaimableBuffers extends SocketBufferHandler {

    private int size;
    private volatile @Nullable SocketBufferHandler buffers;

    /**
     * @param size of each of the two, in bytes, to begin with
     */
    ReclaimableBuffers(int size) {
        super(0, 0, false);
        this.size = size;
    }

    /** Gives the memory back, if nothing is in it. Only while nobody reads or writes. */
    void reclaim() {
        SocketBufferHandler current = buffers;
        if (current != null && current.isReadBufferEmpty() && current.isWriteBufferEmpty()) {
            buffers = null;
        }
    }

    int bytes() {
        SocketBufferHandler current = buffers;
        return current == null
                ? 0
                : current.getReadBuffer().capacity() + current.getWriteBuffer().capacity();
    }

    private SocketBufferHandler needed() {
        SocketBufferHandler current = buffers;
        if (current == null) {
            current = new SocketBufferHandler(size, size, false);
            buffers = current;
        }
        return current;
    }

    @Override
    public void expand(int newSize) {
        size = Math.max(size, newSize);
        SocketBufferHandler current = buffers;
        if (current != null) {
            current.expand(newSize);
        }
    }

    @Override
    public boolean isReadBufferEmpty() {
        SocketBufferHandler current = buffers;
        return current == null || current.isReadBufferEmpty();
    }

    @Override
    public boolean isWriteBufferEmpty() {
        SocketBufferHandler current = buffers;
        return current == null || current.isWriteBufferEmpty();
    }

    @Override
    public boolean isWriteBufferWritable() {
        SocketBufferHandler current = buffers;
        return current == null || current.isWriteBufferWritable();
    }

    @Override
    public void reset() {
        SocketBufferHandler current = buffers;
        if (current != null) {
            current.reset();
        }
    }

    @Override
    public void free() {
        buffers = null;
    }

    @Override
    public void configureReadBufferForWrite() {
        needed().configureReadBufferForWrite();
    }

    @Override
    public void configureReadBufferForRead() {
        needed().configureReadBufferForRead();
    }

    @Override
    public ByteBuffer getReadBuffer() {
        return needed().getReadBuffer();
    }

    @Override
    public void unReadReadBuffer(ByteBuffer returned) {
        needed().unReadReadBuffer(returned);
    }

    @Override
    public void configureWriteBufferForWrite() {
        needed().configureWriteBufferForWrite();
    }

    @Override
    public void configureWriteBufferForRead() {
        needed().configureWriteBufferForRead();
    }

    @Override
    public ByteBuffer getWriteBuffer() {
        return needed().getWriteBuffer();
    }
}
