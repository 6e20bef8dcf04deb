package dev.gatehouse.load;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.gatehouse.connector.ConnectorName;
import dev.gatehouse.testing.RawHttp;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Visitors who ask for a large file and then take a byte of it each second. */
final class SlowReaders implements AutoCloseable {

    private static final int SMALL_WINDOW = 4096;

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicInteger reading = new AtomicInteger();
    private final CountDownLatch closed = new CountDownLatch(1);

    void come(ConnectorName name, int port, String path, int readers) {
        byte[] request =
                RawHttp.request("GET " + path + " HTTP/1.1", "Host: localhost").getBytes(US_ASCII);
        for (int i = 0; i < readers; i++) {
            threads.execute(() -> read(name, port, request));
        }
    }

    /** How many are in the middle of their file. */
    int reading() {
        return reading.get();
    }

    private void read(ConnectorName name, int port, byte[] request) {
        try (Socket socket = connect(name, port)) {
            socket.getOutputStream().write(request);
            readSlowly(socket.getInputStream());
        } catch (IOException | InterruptedException _) {
            return; // missing among those who read
        }
    }

    private void readSlowly(InputStream answer) throws IOException, InterruptedException {
        if (answer.read() < 0) {
            return;
        }
        reading.incrementAndGet();
        try {
            while (!closed.await(1, TimeUnit.SECONDS)) {
                if (answer.read() < 0) {
                    return;
                }
            }
        } finally {
            reading.decrementAndGet();
        }
    }

    private static Socket connect(ConnectorName name, int port) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(SMALL_WINDOW); // only before it connects
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        return name == ConnectorName.HTTP
                ? socket
                : RawHttp.trustingAll().createSocket(socket, "localhost", port, true);
    }

    @Override
    public void close() {
        closed.countDown();
        threads.shutdownNow();
        threads.close();
    }
}
