package dev.gatehouse.load;

import dev.gatehouse.testing.RawHttp;
import java.io.IOException;
import java.net.Socket;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Connections that say nothing and stay for as long as the server lets them. */
final class IdleCrowd implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 120_000;

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicInteger came = new AtomicInteger();
    private final AtomicInteger shed = new AtomicInteger();

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
