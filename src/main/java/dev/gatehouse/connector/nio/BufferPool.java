package dev.gatehouse.connector.nio;

import java.nio.ByteBuffer;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Direct buffers that connections borrow while they read or write. A borrowed buffer is cleared:
 * its content is undefined, and no code may look beyond the position that it has written to. Beyond
 * the limit a buffer is heap memory, made for one use.
 *
 * <p>There is no lock: virtual threads that wait for one are queued behind all others when it is
 * free, so that hundreds of them came to wait here.
 */
final class BufferPool {

    /** Bytes of each: more than a TLS record of any engine, encrypted or not. */
    static final int BUFFER_SIZE = 17 << 10;

    static final ByteBuffer NONE = ByteBuffer.allocate(0);

    /** Buffers at hand for each group of threads: as many as one operation borrows at once. */
    private static final int AT_HAND = 4;

    private static final int GROUPS = 8;

    private final int limit;

    /** Looked at before the others: an operation borrows what the last one gave back. */
    private final AtomicReferenceArray<@Nullable ByteBuffer> atHand =
            new AtomicReferenceArray<>(GROUPS * AT_HAND);

    private final ConcurrentLinkedDeque<ByteBuffer> free = new ConcurrentLinkedDeque<>();
    private final AtomicInteger made = new AtomicInteger();

    /**
     * @param limit direct buffers that exist at most
     */
    BufferPool(int limit) {
        this.limit = limit;
    }

    ByteBuffer borrow() {
        int first = firstAtHand();
        for (int i = first; i < first + AT_HAND; i++) {
            ByteBuffer buffer = atHand.get(i);
            if (buffer != null && atHand.compareAndSet(i, buffer, null)) {
                return buffer.clear();
            }
        }
        return borrowFree();
    }

    private static int firstAtHand() {
        return (int) (Thread.currentThread().threadId() % GROUPS) * AT_HAND;
    }

    private ByteBuffer borrowFree() {
        ByteBuffer last = free.pollLast();
        if (last != null) {
            return last.clear();
        }
        if (made.getAndIncrement() < limit) {
            boolean isMade = false;
            try {
                ByteBuffer direct = ByteBuffer.allocateDirect(BUFFER_SIZE);
                isMade = true;
                return direct;
            } finally {
                if (!isMade) { // no memory
                    made.decrementAndGet();
                }
            }
        }
        made.decrementAndGet();
        return ByteBuffer.allocate(BUFFER_SIZE);
    }

    /** Takes back a buffer that its borrower has no reference to any more. */
    void giveBack(ByteBuffer borrowed) {
        if (!borrowed.isDirect()) {
            return;
        }
        int first = firstAtHand();
        for (int i = first; i < first + AT_HAND; i++) {
            if (atHand.get(i) == null && atHand.compareAndSet(i, null, borrowed)) {
                return;
            }
        }
        free.addLast(borrowed);
    }

    /** Leaves a borrowed buffer to the garbage collector: another thread may still use it. */
    void forget(ByteBuffer borrowed) {
        if (borrowed.isDirect()) {
            made.decrementAndGet();
        }
    }

    int borrowed() {
        int idle = free.size();
        for (int i = 0; i < atHand.length(); i++) {
            idle += atHand.get(i) == null ? 0 : 1;
        }
        return made.get() - idle;
    }
}
