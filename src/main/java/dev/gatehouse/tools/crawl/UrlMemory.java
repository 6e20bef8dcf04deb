package dev.gatehouse.tools.crawl;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Keeps what all crawls remember of URLs within a sixth of the heap: a site can have any number of
 * them, of 2,000 characters each, and the heap is the front door's as well.
 */
final class UrlMemory {

    private static final int SHARE_OF_URLS = 6;

    private final long budget;
    private final AtomicLong used = new AtomicLong();

    UrlMemory(long heap) {
        this.budget = heap / SHARE_OF_URLS;
    }

    static UrlMemory ofThisHeap() {
        return new UrlMemory(Runtime.getRuntime().maxMemory());
    }

    /** The part of one crawl. */
    Part open() {
        return new Part();
    }

    /** What one crawl takes; closed, all of it is free again. */
    final class Part implements AutoCloseable {

        private long taken;
        private boolean closed;

        /** Takes that many bytes; false where there are not as many. */
        synchronized boolean take(long bytes) {
            if (closed) {
                return false;
            }
            if (used.addAndGet(bytes) > budget) {
                used.addAndGet(-bytes);
                return false;
            }
            taken += bytes;
            return true;
        }

        @Override
        public synchronized void close() {
            closed = true;
            used.addAndGet(-taken);
            taken = 0;
        }
    }
}
