package dev.gatehouse.connector.nio;

import java.nio.ByteBuffer;
import org.apache.tomcat.util.net.SocketBufferHandler;

/**
 * The two buffers between a connection and what reads and writes it, borrowed from the pool when
 * something is to be put into them, and given back once they are empty. Tomcat keeps two of 16 KB
 * for each connection. Belongs to one connection, and is not used again for another.
 */
final class PooledBuffers extends SocketBufferHandler {

    /**
     * In place of a read buffer that is not there. Tomcat adds its capacity to that of the buffer
     * for a request's header, to have room for the beginning of a body.
     */
    private static final ByteBuffer NOTHING_READ =
            ByteBuffer.allocate(2048).limit(0).asReadOnlyBuffer();

    private final BufferPool pool;
    private int least = BufferPool.BUFFER_SIZE;
    private volatile ByteBuffer readBuffer = NOTHING_READ;
    private volatile boolean readConfiguredForWrite;
    private volatile ByteBuffer writeBuffer = BufferPool.NONE;
    private volatile boolean writeConfiguredForWrite;
    private volatile boolean closed;

    PooledBuffers(BufferPool pool) {
        super(0, 0, false);
        this.pool = pool;
    }

    int bytes() {
        return (readBuffer.isReadOnly() ? 0 : readBuffer.capacity()) + writeBuffer.capacity();
    }

    /** Gives the read buffer back if it is empty: by the thread that has read. */
    void giveBackRead() {
        if (isReadBufferEmpty()) {
            replaceRead(NOTHING_READ);
            readConfiguredForWrite = false;
        }
    }

    /** Keeps no more of what was read and not yet processed than its bytes. */
    void compactRead() {
        giveBackRead();
        if (readBuffer.capacity() == BufferPool.BUFFER_SIZE) {
            configureReadBufferForRead();
            ByteBuffer rest = ByteBuffer.allocate(readBuffer.remaining());
            rest.put(readBuffer).flip();
            replaceRead(rest);
        }
    }

    /** Gives the write buffer back if it is empty: by the thread that has written. */
    void giveBackWrite() {
        if (isWriteBufferEmpty()) {
            replaceWrite(BufferPool.NONE);
            writeConfiguredForWrite = false;
        }
    }

    private ByteBuffer borrow() {
        return closed || least > BufferPool.BUFFER_SIZE
                ? ByteBuffer.allocate(least)
                : pool.borrow();
    }

    private void replaceRead(ByteBuffer replacement) {
        ByteBuffer former = readBuffer;
        readBuffer = replacement;
        pool.giveBack(former);
    }

    private void replaceWrite(ByteBuffer replacement) {
        ByteBuffer former = writeBuffer;
        writeBuffer = replacement;
        pool.giveBack(former);
    }

    @Override
    public void expand(int size) {
        least = Math.max(least, size);
        if (readConfiguredForWrite && readBuffer.capacity() < least) {
            replaceRead(copy(readBuffer.flip()));
        }
        if (writeConfiguredForWrite && writeBuffer.capacity() < least) {
            replaceWrite(copy(writeBuffer.flip()));
        }
    }

    private ByteBuffer copy(ByteBuffer source) {
        return borrow().put(source);
    }

    @Override
    public void configureReadBufferForWrite() {
        if (readConfiguredForWrite) {
            return;
        }
        if (readBuffer.capacity() < least) {
            replaceRead(copy(readBuffer));
        } else {
            readBuffer.compact();
        }
        readConfiguredForWrite = true;
    }

    @Override
    public void configureReadBufferForRead() {
        if (readConfiguredForWrite) {
            readBuffer.flip();
            readConfiguredForWrite = false;
        }
    }

    @Override
    public ByteBuffer getReadBuffer() {
        return readBuffer;
    }

    @Override
    public boolean isReadBufferEmpty() {
        return readConfiguredForWrite ? readBuffer.position() == 0 : !readBuffer.hasRemaining();
    }

    @Override
    public void unReadReadBuffer(ByteBuffer returned) {
        configureReadBufferForRead();
        ByteBuffer all = ByteBuffer.allocate(returned.remaining() + readBuffer.remaining());
        all.put(returned).put(readBuffer).flip();
        replaceRead(all);
    }

    @Override
    public void configureWriteBufferForWrite() {
        if (writeConfiguredForWrite) {
            return;
        }
        if (writeBuffer.capacity() < least) {
            replaceWrite(copy(writeBuffer));
        } else {
            writeBuffer.compact();
        }
        writeConfiguredForWrite = true;
    }

    @Override
    public void configureWriteBufferForRead() {
        if (writeConfiguredForWrite) {
            writeBuffer.flip();
            writeConfiguredForWrite = false;
        }
    }

    @Override
    public ByteBuffer getWriteBuffer() {
        return writeBuffer;
    }

    @Override
    public boolean isWriteBufferWritable() {
        return writeConfiguredForWrite ? writeBuffer.hasRemaining() : !writeBuffer.hasRemaining();
    }

    @Override
    public boolean isWriteBufferEmpty() {
        return writeConfiguredForWrite ? writeBuffer.position() == 0 : !writeBuffer.hasRemaining();
    }

    /**
     * The connection is opened, or has been closed: by another thread perhaps than the one that
     * uses them.
     */
    @Override
    public void reset() {
        pool.forget(readBuffer);
        pool.forget(writeBuffer);
        readBuffer = NOTHING_READ;
        readConfiguredForWrite = false;
        writeBuffer = BufferPool.NONE;
        writeConfiguredForWrite = false;
    }

    @Override
    public void free() {
        closed = true;
        reset();
    }
}
