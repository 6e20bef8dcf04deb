package dev.gatehouse.accesslog;

import java.util.Collection;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Between the requests and the writer. Full, it drops and counts: no request waits for its line.
 */
class AccessLogQueue {

    private static final Logger logger = LoggerFactory.getLogger(AccessLogQueue.class);

    private final ArrayBlockingQueue<AccessEvent> events;
    private final LongAdder dropped = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final AtomicBoolean failureTold = new AtomicBoolean();

    AccessLogQueue(int capacity) {
        this.events = new ArrayBlockingQueue<>(capacity);
    }

    void offer(AccessEvent event) {
        if (!events.offer(event)) {
            dropped.increment();
        }
    }

    /** Moves what is there, and does not wait for more. */
    int drainTo(Collection<AccessEvent> target) {
        return events.drainTo(target);
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
