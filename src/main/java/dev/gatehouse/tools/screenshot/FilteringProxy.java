package dev.gatehouse.tools.screenshot;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A forward proxy (RFC 9110, 7.6 and 9.3.6) for one browser: its only way to the network. It
 * connects where the outbound guard allows it, and resolves names itself. It asks for a credential,
 * which is generated, so that nothing else that reaches its port may use it.
 */
final class FilteringProxy implements AutoCloseable {

    /** Chromium opens at most 32 connections through a proxy, and some more for WebSockets. */
    private static final int MOST_CONNECTIONS = 96;

    private static final int LONGEST_HEAD = 64 << 10;
    private static final int MOST_TRIES = 3;
    private static final int MOST_REFUSALS = 100;
    private static final int IDLE_MILLIS = 60_000;
    private static final int HEAD_MILLIS = 20_000;

    /** Fields between the browser and the proxy alone, or that would keep a connection open. */
    private static final Set<String> HOP_BY_HOP =
            Set.of("proxy-connection", "proxy-authorization", "connection", "keep-alive", "te");

    private static final String LOOPBACK = "127.0.0.1";

    private final ServerSocket listener;
    private final String host;
    private final ConnectionOpener connector;
    private final String credential;
    private final long mostBytes;
    private final Semaphore permits = new Semaphore(MOST_CONNECTIONS);
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final Set<String> refusals = ConcurrentHashMap.newKeySet();
    private final AtomicLong bytes = new AtomicLong();

    private FilteringProxy(
            ServerSocket listener, String host, ConnectionOpener connector, long mostBytes) {
        this.host = host;
        this.listener = listener;
        this.connector = connector;
        this.mostBytes = mostBytes;
        byte[] random = new byte[24];
        new SecureRandom().nextBytes(random);
        this.credential = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        Thread.ofPlatform().daemon().name("proxy-" + port()).start(this::acceptAll);
    }

    /** Listens on a free port of loopback, for a browser on this machine. */
    static FilteringProxy onLoopback(ConnectionOpener connector, long mostBytes)
            throws IOException {
        ServerSocket listener = new ServerSocket(0, 50, InetAddress.ofLiteral(LOOPBACK));
        return new FilteringProxy(listener, LOOPBACK, connector, mostBytes);
    }

    /**
     * Listens on an address of this machine, for a browser elsewhere.
     *
     * @param host the address; an IPv6 address without brackets
     */
    static FilteringProxy on(String host, int port, ConnectionOpener connector, long mostBytes)
            throws IOException {
        ServerSocket listener = new ServerSocket();
        listener.setReuseAddress(true);
        listener.bind(new InetSocketAddress(InetAddress.ofLiteral(host), port), 50);
        String text = host.contains(":") ? "[" + host + "]" : host;
        return new FilteringProxy(listener, text, connector, mostBytes);
    }

    int port() {
        return listener.getLocalPort();
    }

    /** As Chromium takes it: {@code http://127.0.0.1:40000}. */
    String url() {
        return "http://%s:%d".formatted(host, port());
    }

    /** The password; the user name is {@code gatehouse}. */
    String password() {
        return credential;
    }

    /** Begins anew: what is still open is closed, and what was refused is forgotten. */
    void reset() {
        sockets.forEach(FilteringProxy::close);
        refusals.clear();
        bytes.set(0);
    }

    /** The hosts and ports that were refused, each with the reason after a space. */
    List<String> refusals() {
        return refusals.stream().sorted().toList();
    }

    private void acceptAll() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                if (permits.tryAcquire()) {
                    Thread.ofPlatform()
                            .daemon()
                            .name("proxy-connection")
                            .start(() -> serveAndClose(client));
                } else {
                    close(client);
                }
            } catch (IOException _) {
                // closed, or a client that has gone
            }
        }
    }

    private void serveAndClose(Socket client) {
        sockets.add(client);
        try (client) {
            client.setSoTimeout(HEAD_MILLIS);
            client.setTcpNoDelay(true);
            serve(client);
        } catch (IOException _) {
            // either side has gone
        } finally {
            sockets.remove(client);
            permits.release();
        }
    }

    private void serve(Socket client) throws IOException {
        InputStream in = new BufferedInputStream(client.getInputStream(), 8192);
        List<String> head = head(in);
        for (int tries = 0; !hasCredential(head); tries++) {
            if (head.isEmpty() || tries == MOST_TRIES) {
                return;
            }
            respond(
                    client,
                    "407 Proxy Authentication Required",
                    "Proxy-Authenticate: Basic realm=\"gatehouse\"\r\n");
            head = head(in);
        }
        if (head.isEmpty()) {
            return;
        }
        String[] line = head.getFirst().split(" ", 3);
        if (line.length < 3) {
            respond(client, "400 Bad Request", "");
        } else if (line[0].equals("CONNECT")) {
            tunnel(client, in, line[1]);
        } else {
            forward(client, in, line, head);
        }
    }

    private boolean hasCredential(List<String> head) {
        String expected =
                "Basic "
                        + Base64.getEncoder()
                                .encodeToString(
                                        ("gatehouse:" + credential)
                                                .getBytes(StandardCharsets.US_ASCII));
        return head.stream()
                .filter(field -> field.toLowerCase(Locale.ROOT).startsWith("proxy-authorization:"))
                .map(field -> field.substring(field.indexOf(':') + 1).strip())
                .anyMatch(
                        given ->
                                MessageDigest.isEqual(
                                        given.getBytes(StandardCharsets.ISO_8859_1),
                                        expected.getBytes(StandardCharsets.ISO_8859_1)));
    }

    private void tunnel(Socket client, InputStream in, String authority) throws IOException {
        Optional<HostAndPort> target = HostAndPort.parse(authority, -1);
        Socket server = target.isEmpty() ? null : connect(target.get());
        if (server == null) {
            respond(client, "502 Bad Gateway", "");
            return;
        }
        try (server) {
            client.getOutputStream()
                    .write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            exchange(client, in, server);
        } finally {
            sockets.remove(server);
        }
    }

    /** One request for each connection: it is sent with {@code Connection: close}. */
    private void forward(Socket client, InputStream in, String[] line, List<String> head)
            throws IOException {
        String url = line[1];
        if (!url.regionMatches(true, 0, "http://", 0, 7)) {
            return;
        }
        int path = url.indexOf('/', 7);
        String authority = path < 0 ? url.substring(7) : url.substring(7, path);
        Optional<HostAndPort> target = HostAndPort.parse(authority, 80);
        if (target.isEmpty()) {
            return;
        }
        long length = contentLength(head);
        if (length < 0) {
            respond(client, "411 Length Required", "");
            return;
        }
        Socket server = connect(target.get());
        if (server == null) {
            return; // an answer would be shown as the page
        }
        try (server) {
            client.setSoTimeout(IDLE_MILLIS);
            server.setSoTimeout(IDLE_MILLIS);
            server.getOutputStream()
                    .write(
                            requestHead(line, path < 0 ? "/" : url.substring(path), head)
                                    .getBytes(StandardCharsets.ISO_8859_1));
            Thread upstream = copyToServer(new Bounded(in, length), server, client);
            try {
                InputStream answer = new BufferedInputStream(server.getInputStream(), 8192);
                sendResponseHead(answer, client.getOutputStream());
                copy(answer, client.getOutputStream());
            } finally {
                close(server);
                close(client);
                join(upstream);
            }
        } finally {
            sockets.remove(server);
        }
    }

    /** Of the request's body; negative where it is not known in advance. */
    private static long contentLength(List<String> head) {
        long length = 0;
        for (String field : head) {
            String[] parts = field.toLowerCase(Locale.ROOT).split(":", 2);
            if (parts[0].equals("transfer-encoding")) {
                return -1;
            }
            if (parts[0].equals("content-length")) {
                String value = parts[1].strip();
                length = value.matches("[0-9]{1,12}") ? Long.parseLong(value) : -1;
            }
        }
        return length;
    }

    /** So that the browser does not send another request, for another host, on this connection. */
    private static void sendResponseHead(InputStream in, OutputStream out) throws IOException {
        List<String> head = head(in);
        while (!head.isEmpty() && head.getFirst().matches("HTTP/1\\.[01] 1[0-9][0-9].*")) {
            head = head(in);
        }
        if (head.isEmpty() || !head.getFirst().startsWith("HTTP/1.")) {
            throw new IOException("not HTTP/1");
        }
        StringBuilder text = new StringBuilder(head.getFirst()).append("\r\n");
        append(text, head);
        out.write(text.toString().getBytes(StandardCharsets.ISO_8859_1));
    }

    /** The fields from one end to the other, and that the connection closes. */
    private static void append(StringBuilder text, List<String> head) {
        for (String field : head.subList(1, head.size())) {
            String name = field.split(":", 2)[0].strip().toLowerCase(Locale.ROOT);
            if (!HOP_BY_HOP.contains(name)) {
                text.append(field).append("\r\n");
            }
        }
        text.append("Connection: close\r\n\r\n");
    }

    private static String requestHead(String[] line, String path, List<String> head) {
        StringBuilder text = new StringBuilder();
        text.append(line[0]).append(' ').append(path).append(" HTTP/1.1\r\n");
        append(text, head);
        return text.toString();
    }

    private @Nullable Socket connect(HostAndPort target) {
        try {
            Socket server = connector.connect(target.host(), target.port());
            sockets.add(server);
            return server;
        } catch (ConnectionOpener.RefusedException ex) {
            if (refusals.size() < MOST_REFUSALS) {
                refusals.add(target + " " + ex.code());
            }
        } catch (IOException _) {
            // cannot be reached
        }
        return null;
    }

    private static void respond(Socket client, String status, String fields) throws IOException {
        OutputStream out = client.getOutputStream();
        out.write(
                "HTTP/1.1 %s\r\n%sContent-Length: 0\r\n\r\n"
                        .formatted(status, fields)
                        .getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    /** Copies both ways until either side ends. */
    private void exchange(Socket client, InputStream fromClient, Socket server) throws IOException {
        client.setSoTimeout(IDLE_MILLIS);
        server.setSoTimeout(IDLE_MILLIS);
        Thread upstream = copyToServer(fromClient, server, client);
        try {
            copy(server.getInputStream(), client.getOutputStream());
        } finally {
            close(server);
            close(client);
            join(upstream);
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private Thread copyToServer(InputStream in, Socket server, Socket client) {
        return Thread.ofPlatform()
                .daemon()
                .name("proxy-upstream")
                .start(
                        () -> {
                            try {
                                copy(in, server.getOutputStream());
                            } catch (IOException _) {
                                close(server);
                                close(client);
                            }
                        });
    }

    private void copy(InputStream in, OutputStream out) throws IOException {
        byte[] buffer = new byte[16 << 10];
        for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
            if (bytes.addAndGet(count) > mostBytes) {
                refusals.add("* too-many-bytes");
                throw new IOException("more than the page may load");
            }
            out.write(buffer, 0, count);
        }
    }

    /** The lines of a head, or none where the connection or the time for it ends before. */
    private static List<String> head(InputStream in) throws IOException {
        List<String> lines = new ArrayList<>();
        ByteArrayOutputStream line = new ByteArrayOutputStream(128);
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(HEAD_MILLIS);
        for (int length = 0; length < LONGEST_HEAD; length++) {
            int next = in.read();
            if (next < 0 || end - System.nanoTime() < 0) {
                return List.of();
            }
            if (next != '\n') {
                line.write(next);
                continue;
            }
            String text = line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
            line.reset();
            if (!text.isEmpty()) {
                lines.add(text);
            } else if (!lines.isEmpty()) {
                return lines;
            }
        }
        return List.of();
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException _) {
            // it is given up
        }
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException _) {
            // it is given up
        }
        reset();
    }

    /** The body of one request. */
    private static final class Bounded extends FilterInputStream {

        private long left;

        private Bounded(InputStream in, long length) {
            super(in);
            this.left = length;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            if (left == 0) {
                return -1;
            }
            int count = super.read(buffer, offset, (int) Math.min(length, left));
            left -= Math.max(0, count);
            return count;
        }
    }

    /** A host and a port, as they stand in an authority. */
    private record HostAndPort(String host, int port) {

        /**
         * Reads them.
         *
         * @param defaultPort the port where none is given, or -1 where one has to be
         */
        static Optional<HostAndPort> parse(String authority, int defaultPort) {
            int colon = authority.indexOf(':', Math.max(0, authority.indexOf(']')));
            String host = colon < 0 ? authority : authority.substring(0, colon);
            String port = colon < 0 ? String.valueOf(defaultPort) : authority.substring(colon + 1);
            return host.isEmpty() || host.contains("@") || !port.matches("[0-9]{1,5}")
                    ? Optional.empty()
                    : Optional.of(new HostAndPort(host, Integer.parseInt(port)));
        }

        @Override
        public String toString() {
            return host + ":" + port;
        }
    }
}
