package dev.gatehouse.accesslog;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A buffer that collects lines. One thread at a time appends, and no request waits for another. */
final class LogPage {

    /** Nanoseconds: a line takes far less, unless its thread has just lost its core. */
    private static final long A_LINE = 50_000;

    private final AtomicBoolean taken = new AtomicBoolean();
    private AccessLine format;
    private final int capacity;
    private @Nullable LineBuffer buffer;

    LogPage(AccessLine format, int capacity) {
        this.format = format;
        this.capacity = capacity;
    }

    /** False where another thread is appending, or there is no room. */
    boolean tryAppend(AccessEvent event) {
        if (taken.getPlain() || !taken.compareAndSet(false, true)) {
            return false;
        }
        try {
            LineBuffer target = buffer == null ? new LineBuffer(capacity) : buffer;
            buffer = target;
            return target.hasRoom() && append(event, target);
        } finally {
            taken.set(false);
        }
    }

    private boolean append(AccessEvent event, LineBuffer target) {
        int start = target.end();
        boolean whole = false;
        try {
            format.append(event, target);
            target.endLine();
            whole = true;
        } finally {
            if (!whole) {
                target.cutTo(start);
            }
        }
        return true;
    }

    /**
     * Returns the collected lines and continues with an empty buffer; null if there are none.
     *
     * @param nextFormat of the lines from now on, or null for the same as before
     */
    @Nullable LineBuffer exchange(LineBuffer empty, @Nullable AccessLine nextFormat) {
        while (!taken.compareAndSet(false, true)) {
            LockSupport.parkNanos(A_LINE);
        }
        try {
            format = nextFormat == null ? format : nextFormat;
            LineBuffer full = buffer;
            if (full == null || full.end() == 0) {
                return null;
            }
            buffer = empty;
            return full;
        } finally {
            taken.set(false);
        }
    }
}
