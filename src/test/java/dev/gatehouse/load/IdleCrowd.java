package dev.gatehouse.load;

import static org.awaitility.Awaitility.await;

import dev.gatehouse.testing.AcceptQueue;
import dev.gatehouse.testing.RawHttp;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Connections that say nothing and stay for as long as the server lets them. */
final class IdleCrowd implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 120_000;

    /** Half of the queue that a connector has by default. */
    private static final int AT_ONCE = 50;

    private static final Duration POLL = Duration.ofMillis(2);

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicInteger came = new AtomicInteger();
    private final AtomicInteger shed = new AtomicInteger();

    /** No faster than the server accepts them, so that all of them are connections to it too. */
    void comeAsAccepted(int port, int connections) {
        AcceptQueue queue = new AcceptQueue(port);
        for (int left = connections; left > 0; left -= AT_ONCE) {
            int expected = came() + Math.min(AT_ONCE, left);
            come(port, Math.min(AT_ONCE, left));
            await().pollInterval(POLL).until(() -> came() == expected && queue.length() == 0);
        }
    }

    /** All at once: those that find the server's queue full may wait, or be dropped unseen. */
    void come(int port, int connections) {
        for (int i = 0; i < connections; i++) {
            threads.execute(() -> idle(port));
        }
    }

    /** How many the kernel has taken, whether the server has accepted them yet or not. */
    int came() {
        return came.get();
    }

    /** How many the server has cut off. */
    int shed() {
        return shed.get();
    }

    private void idle(int port) {
        try (Socket socket = RawHttp.connect(port)) {
            came.incrementAndGet();
            socket.setSoTimeout(PATIENCE_MILLIS);
            if (socket.getInputStream().read() < 0) {
                shed.incrementAndGet();
            }
        } catch (IOException _) {
            return; // found no room at all
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
        threads.close();
    }
}
