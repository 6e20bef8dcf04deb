package dev.gatehouse.tools.screenshot;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** Messages over a WebSocket, to a browser in another process. */
final class WebSocketTransport implements DevToolsTransport {

    private static final byte[] END = new byte[0];

    private final LinkedBlockingQueue<byte[]> received = new LinkedBlockingQueue<>();
    private final WebSocket socket;
    private final Duration timeout;

    /**
     * Connects.
     *
     * @param timeout to connect, and to send a message
     */
    WebSocketTransport(HttpClient client, URI uri, Duration timeout) throws IOException {
        this.timeout = timeout;
        this.socket =
                await(
                        client.newWebSocketBuilder()
                                .connectTimeout(timeout)
                                .buildAsync(uri, new Receiver()),
                        timeout);
    }

    @Override
    public synchronized void send(byte[] message) throws IOException {
        String text = new String(message, StandardCharsets.UTF_8);
        await(socket.sendText(text, true), timeout);
    }

    private static <T> T await(CompletableFuture<T> future, Duration timeout) throws IOException {
        try {
            return future.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException ex) {
            throw new IOException("the remote browser does not answer", ex);
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", ex);
        }
    }

    @Override
    public void readAll(Consumer<byte[]> consumer) throws IOException {
        try {
            for (byte[] message = received.take(); message.length > 0; message = received.take()) {
                consumer.accept(message);
                socket.request(1);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * One frame is requested when the one before was consumed: the browser waits for the reader.
     */
    private final class Receiver implements WebSocket.Listener {

        private final ByteArrayOutputStream message = new ByteArrayOutputStream();

        @Override
        public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
            if (message.size() <= LONGEST_REPLY) {
                message.writeBytes(data.toString().getBytes(StandardCharsets.UTF_8));
            }
            if (!last) {
                webSocket.request(1);
                return CompletableFuture.completedFuture(null);
            }
            byte[] bytes = message.toByteArray();
            message.reset();
            boolean event = bytes.length > 1 && bytes[2] == 'm';
            if (bytes.length > (event ? LONGEST_EVENT : LONGEST_REPLY)) {
                webSocket.request(1);
            } else {
                received.add(bytes);
            }
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletionStage<?> onClose(WebSocket webSocket, int code, String reason) {
            received.add(END);
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public void onError(WebSocket webSocket, Throwable error) {
            received.add(END);
        }
    }

    @Override
    public void close() {
        socket.abort();
        received.add(END);
    }
}
