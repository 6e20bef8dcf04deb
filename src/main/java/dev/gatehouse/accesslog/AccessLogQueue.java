package dev.gatehouse.accesslog;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Between the requests and the writer, as bytes: objects that waited here would be copied by each
 * garbage collection. Requests take the first page that is free and has room, so lines are in order
 * but for those of the same moment. Full, it drops and counts: no request waits.
 */
class AccessLogQueue {

    private static final Logger logger = LoggerFactory.getLogger(AccessLogQueue.class);

    private final List<LinePage> pages;
    private final LongAdder dropped = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final AtomicBoolean failureTold = new AtomicBoolean();

    /** Turned to by the writer alone. */
    private LineBuffer empty;

    AccessLogQueue(int pages, int pageBytes, Supplier<AccessLine> format) {
        this.pages =
                Stream.generate(() -> new LinePage(format.get(), pageBytes)).limit(pages).toList();
        this.empty = new LineBuffer(pageBytes);
    }

    void offer(AccessEvent event) {
        for (LinePage page : pages) {
            if (page.tryAppend(event)) {
                return;
            }
        }
        dropped.increment();
    }

    /** Hands over what is there, and does not wait for more. For one thread alone. */
    void drainTo(Consumer<LineBuffer> target) {
        for (LinePage page : pages) {
            LineBuffer full = page.exchange(empty);
            if (full != null) {
                empty = full;
                try {
                    target.accept(full);
                } finally {
                    full.clear();
                }
            }
        }
    }

    /** A line that could not be made. The first of them is told with its stack. */
    void countFailure(Throwable thrown) {
        failed.increment();
        if (failureTold.compareAndSet(false, true)) {
            logger.warn(
                    "A line of the access log could not be made; further ones are counted only",
                    thrown);
        }
    }

    long dropped() {
        return dropped.sum();
    }

    long failed() {
        return failed.sum();
    }
}
