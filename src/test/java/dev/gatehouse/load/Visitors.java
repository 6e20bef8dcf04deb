package dev.gatehouse.load;

import dev.gatehouse.testing.RawHttp;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/**
 * Visitors over TLS, each on a fresh connection. They come at a rate, whether those before them
 * have been answered or not.
 */
final class Visitors implements AutoCloseable {

    private static final int MOST_AT_ONCE = 1500;

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Semaphore room = new Semaphore(MOST_AT_ONCE);
    private final LongAdder answered = new LongAdder();
    private final LongAdder unanswered = new LongAdder();
    private final LongAdder turnedAway = new LongAdder();
    private final int port;
    private volatile boolean closed;

    Visitors(int port) {
        this.port = port;
    }

    /** How many a second are answered when so many at once ask, one after the other. */
    static double capacity(int port, int atOnce, Duration time) {
        LongAdder answered = new LongAdder();
        long end = System.nanoTime() + time.toNanos();
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
        return answered.sum() / (time.toMillis() / 1000.0);
    }

    /** Lets them come at that rate until closed. */
    Visitors comeAt(double perSecond) {
        long gap = (long) (1e9 / perSecond);
        threads.execute(
                () -> {
                    long next = System.nanoTime();
                    while (!closed) {
                        next += gap;
                        LockSupport.parkNanos(next - System.nanoTime());
                        come();
                    }
                });
        return this;
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
