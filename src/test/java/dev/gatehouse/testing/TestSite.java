package dev.gatehouse.testing;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * A web site on a loopback address, over real sockets and real TLS, with connections that are kept.
 * It records its requests and answers with pages, or byte by byte as a hostile server would.
 */
public final class TestSite implements AutoCloseable {

    private static final int SILENCE_MILLIS = 20_000;

    private final ServerSocket listener;
    private final @Nullable SSLSocketFactory tls;
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<Request> requests = new ConcurrentLinkedQueue<>();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();
    private volatile Answer otherwise = whole(_ -> response(404).html("<p>none"));

    private TestSite(String address, @Nullable SSLSocketFactory tls) {
        try {
            this.listener = new ServerSocket(0, 200, InetAddress.ofLiteral(address));
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
        this.tls = tls;
        Thread.ofVirtual().start(this::listen);
    }

    public static TestSite plain(String address) {
        return new TestSite(address, null);
    }

    public static TestSite tls(String address, TestCertificate certificate) {
        return new TestSite(address, certificate.serverContext().getSocketFactory());
    }

    /** Answers a request. */
    @FunctionalInterface
    public interface Answer {

        void write(Request request, OutputStream out) throws IOException;
    }

    /**
     * A request as it came.
     *
     * @param at {@link System#nanoTime()} of its arrival
     */
    public record Request(String method, String target, String head, long at) {

        /** The first value of that header, or empty. */
        public String header(String name) {
            String prefix = name.toLowerCase(Locale.ROOT) + ":";
            return head.lines()
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(prefix))
                    .map(line -> line.substring(prefix.length()).strip())
                    .findFirst()
                    .orElse("");
        }

        @Override
        public String toString() {
            return method + " " + target;
        }
    }

    /** A response with a length, after which the connection is kept. */
    public static final class Response {

        private final int status;
        private final StringBuilder fields = new StringBuilder();
        private byte[] body = new byte[0];

        private Response(int status) {
            this.status = status;
        }

        public Response with(String name, String value) {
            fields.append(name).append(": ").append(value).append("\r\n");
            return this;
        }

        public Response html(String html) {
            return with("Content-Type", "text/html; charset=utf-8")
                    .body(html.getBytes(StandardCharsets.UTF_8));
        }

        public Response body(byte[] bytes) {
            body = bytes.clone();
            return this;
        }

        private void writeTo(OutputStream out, boolean withBody) throws IOException {
            ByteArrayOutputStream whole = new ByteArrayOutputStream();
            String head =
                    "HTTP/1.1 " + status + " Test\r\n" + fields + "Content-Length: " + body.length;
            whole.writeBytes((head + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
            if (withBody) {
                whole.writeBytes(body);
            }
            out.write(whole.toByteArray());
        }
    }

    public static Response response(int status) {
        return new Response(status);
    }

    /** A page there. */
    public TestSite page(String path, String html) {
        return on(path, _ -> response(200).html(html));
    }

    public TestSite redirect(String path, int status, String location) {
        return on(path, _ -> response(status).with("Location", location));
    }

    /** Answers there; a HEAD gets the head alone. */
    public TestSite on(String target, Function<Request, Response> answer) {
        return raw(target, whole(answer));
    }

    /** Answers there byte by byte; the connection is closed after it. */
    public TestSite raw(String target, Answer answer) {
        answers.put(target, answer);
        return this;
    }

    /** Answers there with these bytes; the connection is kept. */
    public TestSite bytes(String target, byte[] whole) {
        byte[] copy = whole.clone();
        answers.put(target, (Kept) (_, out) -> out.write(copy));
        return this;
    }

    /** Answers all other targets. */
    public TestSite otherwise(Function<Request, Response> answer) {
        otherwise = whole(answer);
        return this;
    }

    private static Answer whole(Function<Request, Response> answer) {
        return new Whole(answer);
    }

    /** Answers after which the connection is kept. */
    private interface Kept extends Answer {}

    private record Whole(Function<Request, Response> answer) implements Kept {

        @Override
        public void write(Request request, OutputStream out) throws IOException {
            answer.apply(request).writeTo(out, !request.method().equals("HEAD"));
        }
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** All requests so far. */
    public List<Request> requests() {
        return new ArrayList<>(requests);
    }

    /** Forgets the requests so far. */
    public void forget() {
        requests.clear();
    }

    /** The requests so far, such as {@code GET /}. */
    public List<String> log() {
        return requests.stream().map(Request::toString).toList();
    }

    /** Connections accepted so far. */
    public int connections() {
        return connections.get();
    }

    /** The most connections that were open at once. */
    public int mostAtOnce() {
        return most.get();
    }

    /** Closes all connections, as a server does that was idle for long. */
    public void closeConnections() {
        open.forEach(TestSite::closeQuietly);
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException _) {
            // closed is closed
        }
    }

    private void listen() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                connections.incrementAndGet();
                open.add(socket);
                most.accumulateAndGet(open.size(), Math::max);
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException _) {
                return; // closed
            }
        }
    }

    private void serve(Socket plain) {
        try (Socket socket = tls == null ? plain : handshake(tls, plain)) {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(SILENCE_MILLIS);
            InputStream in = new BufferedInputStream(socket.getInputStream());
            while (serveNext(in, socket.getOutputStream())) {
                // until one of both ends it
            }
        } catch (IOException _) {
            // the client has gone
        } finally {
            open.remove(plain);
            closeQuietly(plain);
        }
    }

    private boolean serveNext(InputStream in, OutputStream out) throws IOException {
        String head = RawHttp.readHead(in);
        String[] line = head.lines().findFirst().orElse("").split(" ", 3);
        if (line.length != 3) {
            return false;
        }
        Request request = new Request(line[0], line[1], head, System.nanoTime());
        requests.add(request);
        Answer answer = answers.getOrDefault(request.target(), otherwise);
        answer.write(request, out);
        out.flush();
        return answer instanceof Kept && !request.header("Connection").equalsIgnoreCase("close");
    }

    private static Socket handshake(SSLSocketFactory tls, Socket socket) throws IOException {
        return tls.createSocket(socket, null, true);
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
        closeConnections();
    }
}
