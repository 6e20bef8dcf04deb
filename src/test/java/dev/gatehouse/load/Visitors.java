package dev.gatehouse.load;

import dev.gatehouse.testing.RawHttp;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/**
 * Visitors over TLS, each on a fresh connection. They come at a rate, whether those before them
 * have been answered or not.
 */
final class Visitors implements AutoCloseable {

    private static final Duration WINDOW = Duration.ofSeconds(4);
    private static final int MOST_WINDOWS = 8;
    private static final double STILL_GETTING_FASTER = 1.1;

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Semaphore room;
    private final LongAdder answered = new LongAdder();
    private final LongAdder unanswered = new LongAdder();
    private final LongAdder turnedAway = new LongAdder();
    private final int port;
    private volatile boolean closed;

    /**
     * @param most how many at most wait for an answer at once; who finds no room goes away
     */
    Visitors(int port, int most) {
        this.port = port;
        this.room = new Semaphore(most);
    }

    /**
     * How many a second are answered when so many at once ask, one after the other: the most of
     * some seconds, as the server gets faster until it is warm.
     */
    static double capacity(int port, int atOnce) {
        double best = 0;
        for (int window = 0; window < MOST_WINDOWS; window++) {
            double now = answeredASecond(port, atOnce);
            if (now < best * STILL_GETTING_FASTER) {
                return Math.max(now, best);
            }
            best = Math.max(now, best);
        }
        return best;
    }

    private static double answeredASecond(int port, int atOnce) {
        LongAdder answered = new LongAdder();
        long end = System.nanoTime() + WINDOW.toNanos();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < atOnce; i++) {
                threads.execute(
                        () -> {
                            while (System.nanoTime() < end) {
                                visit(port, answered, new LongAdder());
                            }
                        });
            }
        }
        return answered.sum() / (double) WINDOW.toSeconds();
    }

    /**
     * Lets them come until closed at that many times what can be served: the capacity measured
     * before, or more if more are answered now.
     */
    void overload(double capacity, double times) {
        threads.execute(() -> comeUntilClosed(capacity, times));
    }

    private void comeUntilClosed(double capacity, double times) {
        double best = capacity;
        try {
            while (!closed) {
                long before = answered.sum();
                comeFor(WINDOW, best * times);
                double now = (answered.sum() - before) / (double) WINDOW.toSeconds();
                best = Math.max(best, now);
            }
        } catch (RejectedExecutionException _) {
            return; // closed between two visitors
        }
    }

    private void comeFor(Duration time, double perSecond) {
        long gap = (long) (1e9 / perSecond);
        long next = System.nanoTime();
        long end = next + time.toNanos();
        while (!closed && next < end) {
            next += gap;
            LockSupport.parkNanos(next - System.nanoTime());
            come();
        }
    }

    /** How many were not served in time, or not let in at all. */
    long notServed() {
        return unanswered.sum() + turnedAway.sum();
    }

    private void come() {
        if (!room.tryAcquire()) {
            turnedAway.increment();
            return;
        }
        threads.execute(
                () -> {
                    try {
                        visit(port, answered, unanswered);
                    } finally {
                        room.release();
                    }
                });
    }

    private static void visit(int port, LongAdder answered, LongAdder unanswered) {
        try {
            RawHttp.Response response =
                    RawHttp.tls(
                            port,
                            RawHttp.request(
                                    "GET / HTTP/1.1", "Host: localhost", "Connection: close"));
            (response.status() == 200 ? answered : unanswered).increment();
        } catch (RuntimeException _) {
            unanswered.increment();
        }
    }

    @Override
    public String toString() {
        return "%d answered, %d not answered within 10 s, %d did not find room"
                .formatted(answered.sum(), unanswered.sum(), turnedAway.sum());
    }

    @Override
    public void close() {
        closed = true;
        threads.shutdownNow();
        threads.close();
    }
}
