package dev.gatehouse.load;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.gatehouse.testing.RawHttp;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Connections that cost without asking, each opened again when the server has cut it off. */
final class Nuisances implements AutoCloseable {

    private static final int HANDSHAKES_AT_ONCE = 16;

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Semaphore handshakes = new Semaphore(HANDSHAKES_AT_ONCE);
    private final AtomicInteger open = new AtomicInteger();
    private final CountDownLatch closed = new CountDownLatch(1);

    /** Connections over TLS that ask for nothing. */
    void idleTls(int port, int connections) {
        for (int i = 0; i < connections; i++) {
            threads.execute(() -> again(() -> idle(port)));
        }
    }

    /** Bodies of which a byte comes each second, to the connector that redirects. */
    void slowPosts(int port, int connections) {
        for (int i = 0; i < connections; i++) {
            threads.execute(() -> again(() -> slowPost(port)));
        }
    }

    int open() {
        return open.get();
    }

    private void again(Nuisance nuisance) {
        while (closed.getCount() > 0) {
            try {
                nuisance.be();
            } catch (IOException _) {
                // cut off: come again
            } catch (InterruptedException _) {
                return;
            }
        }
    }

    private void idle(int port) throws IOException, InterruptedException {
        handshakes.acquire();
        Socket socket;
        try {
            socket =
                    RawHttp.trustingAll()
                            .createSocket(RawHttp.connect(port), "localhost", port, true);
            socket.getOutputStream().flush();
        } finally {
            handshakes.release();
        }
        try (socket) {
            awaitEnd(socket);
        }
    }

    private void awaitEnd(Socket socket) throws IOException {
        socket.setSoTimeout(Math.toIntExact(Duration.ofMinutes(2).toMillis()));
        open.incrementAndGet();
        try {
            socket.getInputStream().read();
        } finally {
            open.decrementAndGet();
        }
    }

    private void slowPost(int port) throws IOException, InterruptedException {
        try (Socket socket = RawHttp.connect(port)) {
            String head =
                    RawHttp.request(
                            "POST /form HTTP/1.1", "Host: site.example", "Content-Length: 100000");
            socket.getOutputStream().write(head.getBytes(US_ASCII));
            open.incrementAndGet();
            while (!closed.await(1, TimeUnit.SECONDS)) {
                socket.getOutputStream().write('x');
            }
        } finally {
            open.decrementAndGet();
        }
    }

    @Override
    public void close() {
        closed.countDown();
        threads.shutdownNow();
        threads.close();
    }

    @FunctionalInterface
    private interface Nuisance {

        void be() throws IOException, InterruptedException;
    }
}
