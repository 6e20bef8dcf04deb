package dev.gatehouse.accesslog;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The queue between requests and the writer. It holds bytes, because each garbage collection would
 * copy objects that wait. A request appends to the first page that is free and has room, so that
 * lines are in order except for those of the same moment. When it is full it drops and counts
 * lines: no request waits.
 */
class AccessLogQueue {

    private static final Logger logger = LoggerFactory.getLogger(AccessLogQueue.class);

    private final List<LogPage> pages;
    private final LongAdder dropped = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final AtomicBoolean failureTold = new AtomicBoolean();

    /** Used by the writer alone. */
    private LineBuffer empty;

    AccessLogQueue(int pages, int pageBytes, Supplier<AccessLine> format) {
        this.pages =
                Stream.generate(() -> new LogPage(format.get(), pageBytes)).limit(pages).toList();
        this.empty = new LineBuffer(pageBytes);
    }

    void offer(AccessEvent event) {
        for (LogPage page : pages) {
            if (page.tryAppend(event)) {
                return;
            }
        }
        dropped.increment();
    }

    /** Passes on all collected lines without waiting for more. For one thread alone. */
    void drainTo(Consumer<LineBuffer> target) {
        drainTo(target, null);
    }

    /** As above, and continues with another format: all lines before it have been passed on. */
    void drainTo(Consumer<LineBuffer> target, @Nullable Supplier<AccessLine> nextFormat) {
        for (LogPage page : pages) {
            LineBuffer full = page.exchange(empty, nextFormat == null ? null : nextFormat.get());
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

    /** Counts a line that could not be made, and logs the first with its stack trace. */
    void countFailure(Throwable thrown) {
        failed.increment();
        if (failureTold.compareAndSet(false, true)) {
            logger.warn(
                    "A line of the access log could not be formatted; further ones are only counted",
                    thrown);
        }
    }

    /** Counts lines that could not be written. */
    void countUnwritten(long lines) {
        failed.add(lines);
    }

    long dropped() {
        return dropped.sum();
    }

    long failed() {
        return failed.sum();
    }
}
