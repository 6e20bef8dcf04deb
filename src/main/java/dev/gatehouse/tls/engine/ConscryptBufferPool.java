package dev.gatehouse.tls.engine;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.conscrypt.AllocatedBuffer;
import org.conscrypt.BufferAllocator;

/**
 * The native memory through which Conscrypt copies what it reads and writes, for all connections: a
 * few, since each is back within microseconds. Left to itself it makes one for every connection, of
 * 17 KB, which stays as long as the connection does.
 */
final class ConscryptBufferPool extends BufferAllocator {

    /** A TLS record at its longest. */
    private static final int SIZE = 17 * 1024;

    private final AtomicReferenceArray<Shared> free = new AtomicReferenceArray<>(16);

    @Override
    public AllocatedBuffer allocateDirectBuffer(int capacity) {
        if (capacity > SIZE) {
            return BufferAllocator.unpooled().allocateDirectBuffer(capacity);
        }
        for (int i = 0; i < free.length(); i++) {
            if (free.getPlain(i) != null) {
                Shared taken = free.getAndSet(i, null);
                if (taken != null) {
                    taken.bytes.clear();
                    return taken;
                }
            }
        }
        return new Shared();
    }

    private final class Shared extends AllocatedBuffer {

        private final ByteBuffer bytes = ByteBuffer.allocateDirect(SIZE);

        @Override
        public ByteBuffer nioBuffer() {
            return bytes;
        }

        @Override
        public AllocatedBuffer release() {
            for (int i = 0; i < free.length(); i++) {
                if (free.getPlain(i) == null && free.compareAndSet(i, null, this)) {
                    break;
                }
            }
            return this;
        }
    }
}
