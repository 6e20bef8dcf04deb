package dev.gatehouse.connector.nio;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;

/**
 * Direct buffers that connections borrow while they read or write. A borrowed buffer is cleared:
 * its content is undefined, and no code may look beyond the position that it has written to. Beyond
 * the limit a buffer is heap memory, made for one use.
 */
final class BufferPool {

    /** Bytes of each: more than a TLS record of any engine, encrypted or not. */
    static final int BUFFER_SIZE = 17 << 10;

    static final ByteBuffer NONE = ByteBuffer.allocate(0);

    private final int limit;
    private final ArrayDeque<ByteBuffer> free = new ArrayDeque<>();
    private int made;

    /**
     * @param limit direct buffers that exist at most
     */
    BufferPool(int limit) {
        this.limit = limit;
    }

    synchronized ByteBuffer borrow() {
        ByteBuffer last = free.pollLast();
        if (last != null) {
            return last.clear();
        }
        if (made == limit) {
            return ByteBuffer.allocate(BUFFER_SIZE);
        }
        ByteBuffer direct = ByteBuffer.allocateDirect(BUFFER_SIZE);
        made++; // not before: there may be no memory for it
        return direct;
    }

    /** Takes back a buffer that its borrower has no reference to any more. */
    synchronized void giveBack(ByteBuffer borrowed) {
        if (borrowed.isDirect()) {
            free.addLast(borrowed);
        }
    }

    /** Leaves a borrowed buffer to the garbage collector: another thread may still use it. */
    synchronized void forget(ByteBuffer borrowed) {
        if (borrowed.isDirect()) {
            made--;
        }
    }

    synchronized int borrowed() {
        return made - free.size();
    }
}
