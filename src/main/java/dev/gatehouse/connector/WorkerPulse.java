package dev.gatehouse.connector;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import org.apache.tomcat.util.threads.VirtualThreadExecutor;
import org.jspecify.annotations.Nullable;

/** Gives a connector's executor a piece of work that is nothing, and sees when it is done. */
class WorkerPulse {

    private static final long STALL_NANOS = Duration.ofSeconds(1).toNanos();

    private volatile boolean outstanding;
    private volatile long roundTripNanos;
    private volatile long sentNanos;
    private @Nullable Executor sentTo;

    /** Whether the last beat came back, and sends the next. */
    Workers beat(@Nullable Executor executor) {
        if (executor == null) {
            return Workers.WORKING; // stopped: a fact of its own
        }
        if (executor instanceof ExecutorService service && service.isShutdown()) {
            return Workers.SHUT_DOWN;
        }
        if (outstanding && executor.equals(sentTo)) {
            return System.nanoTime() - sentNanos < STALL_NANOS
                    ? Workers.WORKING
                    : stalled(executor);
        }
        return send(executor);
    }

    private static Workers stalled(Executor executor) {
        return executor instanceof VirtualThreadExecutor
                ? Workers.CARRIERS_STALLED
                : Workers.POOL_STALLED;
    }

    /** How long work waits for its turn: the last beat, or the one that is still out. */
    Duration lateness() {
        long waiting = outstanding ? System.nanoTime() - sentNanos : 0;
        return Duration.ofNanos(Math.max(waiting, roundTripNanos));
    }

    private void back() {
        roundTripNanos = System.nanoTime() - sentNanos;
        outstanding = false;
    }

    private Workers send(Executor executor) {
        outstanding = true;
        sentNanos = System.nanoTime();
        sentTo = executor;
        try {
            executor.execute(this::back);
            return Workers.WORKING;
        } catch (RejectedExecutionException _) {
            outstanding = false;
            return Workers.SHUT_DOWN;
        }
    }
}
