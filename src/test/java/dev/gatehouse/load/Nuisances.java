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
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** Connections that cost and ask hardly anything, each opened again when it has been cut off. */
final class Nuisances implements AutoCloseable {

    private static final int HANDSHAKES_AT_ONCE = 16;

    /** Within the 20 s after which the server would cut off the silent. */
    private static final Duration BETWEEN_SIGNS_OF_LIFE = Duration.ofSeconds(10);

    private static final byte[] SIGN_OF_LIFE =
            RawHttp.request("GET /ping HTTP/1.1", "Host: localhost").getBytes(US_ASCII);

    private final SSLSocketFactory trustingAll = RawHttp.trustingAll();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Semaphore handshakes = new Semaphore(HANDSHAKES_AT_ONCE);
    private final AtomicInteger idle = new AtomicInteger();
    private final AtomicInteger posted = new AtomicInteger();
    private final CountDownLatch closed = new CountDownLatch(1);

    /** Connections over TLS that are kept alive, as a browser's, by a request now and then. */
    void idleTls(int port, int connections) {
        for (int i = 0; i < connections; i++) {
            threads.execute(() -> again(() -> idle(port)));
        }
    }

    /** Bodies of which a byte a second comes until the redirect cuts them off. */
    void slowPosts(int port, int connections) {
        for (int i = 0; i < connections; i++) {
            threads.execute(() -> again(() -> slowPost(port)));
        }
    }

    /** How many of the idle ones are open now. */
    int idle() {
        return idle.get();
    }

    /** How many slow bodies have begun so far. */
    int posted() {
        return posted.get();
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
        try (Socket socket = shakenHands(port)) {
            idle.incrementAndGet();
            try {
                keepAlive(socket);
            } finally {
                idle.decrementAndGet();
            }
        }
    }

    private Socket shakenHands(int port) throws IOException, InterruptedException {
        handshakes.acquire();
        try {
            SSLSocket socket =
                    (SSLSocket)
                            trustingAll.createSocket(
                                    RawHttp.connect(port), "localhost", port, true);
            socket.startHandshake();
            return socket;
        } finally {
            handshakes.release();
        }
    }

    private void keepAlive(Socket socket) throws IOException, InterruptedException {
        byte[] answer = new byte[4096];
        socket.setSoTimeout(Math.toIntExact(Duration.ofMinutes(1).toMillis()));
        do {
            socket.getOutputStream().write(SIGN_OF_LIFE);
            if (socket.getInputStream().read(answer) < 0) {
                return;
            }
        } while (!closed.await(BETWEEN_SIGNS_OF_LIFE.toMillis(), TimeUnit.MILLISECONDS));
    }

    private void slowPost(int port) throws IOException, InterruptedException {
        try (Socket socket = RawHttp.connect(port)) {
            String head =
                    RawHttp.request(
                            "POST /form HTTP/1.1", "Host: site.example", "Content-Length: 100000");
            socket.getOutputStream().write(head.getBytes(US_ASCII));
            posted.incrementAndGet();
            while (!closed.await(1, TimeUnit.SECONDS)) {
                socket.getOutputStream().write('x');
            }
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
