package dev.gatehouse.tools.screenshot;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Commands to a browser and its events (Chrome DevTools Protocol). One thread at a time uses it:
 * events are handled in that thread, while it waits for a reply or for time to pass.
 */
final class DevToolsConnection implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final byte[] END = new byte[0];

    /** Messages of at most {@link DevToolsTransport#LONGEST_EVENT}, but for the one reply. */
    private static final int MOST_WAITING = 64;

    private final DevToolsTransport transport;
    private final BlockingQueue<byte[]> messages = new ArrayBlockingQueue<>(MOST_WAITING);
    private final Thread reader;
    private volatile boolean closed;
    private Consumer<Event> handler = _ -> {};
    private int lastId;

    DevToolsConnection(DevToolsTransport transport) {
        this.transport = transport;
        this.reader =
                Thread.ofPlatform().daemon().name("browser-messages").start(this::readMessages);
    }

    /**
     * An event.
     *
     * @param session of the target that it is about, or empty for the browser
     */
    record Event(String method, String session, JsonNode params) {}

    private void readMessages() {
        try {
            transport.readAll(this::enqueue);
        } catch (IOException _) {
            // ended, like a browser that closes the connection
        }
        closed = true;
        messages.offer(END);
    }

    private void enqueue(byte[] message) {
        try {
            messages.put(message);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** Events go there until the next call of this method. */
    void onEvent(Consumer<Event> newHandler) {
        handler = newHandler;
    }

    boolean isClosed() {
        return closed;
    }

    /** Sends a command whose reply does not matter. */
    void send(String session, String method, Map<String, ?> params) {
        try {
            write(session, method, params);
        } catch (DevToolsException _) {
            // the next call tells
        }
    }

    private int write(String session, String method, Map<String, ?> params)
            throws DevToolsException {
        int id = ++lastId;
        Map<String, Object> command =
                session.isEmpty()
                        ? Map.of("id", id, "method", method, "params", params)
                        : Map.of(
                                "id", id, "method", method, "params", params, "sessionId", session);
        try {
            transport.send(JSON.writeValueAsBytes(command));
        } catch (IOException _) {
            throw ended();
        }
        return id;
    }

    /** Sends a command and waits for its result. */
    JsonNode call(String session, String method, Map<String, ?> params, long deadlineNanos)
            throws DevToolsException, InterruptedException {
        int id = write(session, method, params);
        while (true) {
            byte[] bytes = next(deadlineNanos);
            if (bytes == null) {
                throw new DevToolsException(
                        DevToolsException.Kind.TIMEOUT, method + " was not answered in time");
            }
            JsonNode message = read(bytes);
            if (message.path("id").asInt(-1) == id) {
                return result(method, message);
            }
            handle(message);
        }
    }

    private static JsonNode result(String method, JsonNode message) throws DevToolsException {
        JsonNode error = message.get("error");
        if (error != null) {
            throw new DevToolsException(
                    DevToolsException.Kind.REFUSED,
                    method + ": " + error.path("message").asString(""));
        }
        return message.path("result");
    }

    /** As {@link #call}, for a result whose {@code data} is long and in Base64. */
    byte[] callForBytes(String session, String method, Map<String, ?> params, long deadlineNanos)
            throws DevToolsException, InterruptedException {
        int id = write(session, method, params);
        byte[] prefix = ("{\"id\":" + id + ",").getBytes(StandardCharsets.US_ASCII);
        while (true) {
            byte[] bytes = next(deadlineNanos);
            if (bytes == null) {
                throw new DevToolsException(
                        DevToolsException.Kind.TIMEOUT, method + " was not answered in time");
            }
            if (startsWith(bytes, prefix)) {
                byte[] data = data(bytes);
                if (data == null) {
                    JsonNode unexpected = result(method, read(bytes));
                    throw new DevToolsException(
                            DevToolsException.Kind.REFUSED, method + " without data " + unexpected);
                }
                return data;
            }
            handle(read(bytes));
        }
    }

    private static boolean startsWith(byte[] bytes, byte[] prefix) {
        return bytes.length >= prefix.length
                && java.util.Arrays.equals(bytes, 0, prefix.length, prefix, 0, prefix.length);
    }

    /**
     * Decodes straight from the message: an image as a tree of nodes would be there three times.
     */
    private static byte @Nullable [] data(byte[] message) {
        try (JsonParser parser = JSON.createParser(message)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.PROPERTY_NAME && "data".equals(parser.currentName())) {
                    parser.nextToken();
                    return parser.getBinaryValue();
                }
            }
        } catch (JacksonException _) {
            // not what was expected, as if there were none
        }
        return null;
    }

    /** Handles events until then. */
    void handleEvents(long deadlineNanos) throws DevToolsException, InterruptedException {
        byte[] bytes = next(deadlineNanos);
        while (bytes != null) {
            handle(read(bytes));
            bytes = next(deadlineNanos);
        }
    }

    /** Handles what comes first, or nothing until then. */
    void handleNext(long deadlineNanos) throws DevToolsException, InterruptedException {
        byte[] bytes = next(deadlineNanos);
        if (bytes != null) {
            handle(read(bytes));
        }
    }

    private byte @Nullable [] next(long deadlineNanos)
            throws DevToolsException, InterruptedException {
        byte[] bytes = messages.poll();
        if (bytes == null) {
            long left = deadlineNanos - System.nanoTime();
            bytes = left <= 0 || closed ? null : messages.poll(left, TimeUnit.NANOSECONDS);
        }
        if (bytes == null ? closed : bytes.length == 0) {
            messages.offer(END);
            throw ended();
        }
        return bytes;
    }

    private static DevToolsException ended() {
        return new DevToolsException(DevToolsException.Kind.CLOSED, "the browser has ended");
    }

    private static JsonNode read(byte[] bytes) {
        try {
            return JSON.readTree(bytes);
        } catch (JacksonException _) {
            return JSON.createObjectNode();
        }
    }

    private void handle(JsonNode message) {
        String method = message.path("method").asString("");
        if (!method.isEmpty()) {
            handler.accept(
                    new Event(
                            method,
                            message.path("sessionId").asString(""),
                            message.path("params")));
        }
    }

    @Override
    public void close() {
        closed = true;
        messages.offer(END);
        try {
            transport.close();
        } catch (IOException _) {
            // it is given up
        }
        reader.interrupt();
    }
}
