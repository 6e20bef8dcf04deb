package dev.gatehouse.testing;

import dev.gatehouse.tls.engine.TrustAnyCertificate;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;

/** HTTP/1 as raw bytes over a real socket to loopback: what is sent is what was written. */
public final class RawHttp {

    private static final int TIMEOUT_MILLIS = 60_000;

    private RawHttp() {}

    /** Sends over plain TCP, and reads until the server closes or falls silent. */
    public static Response plain(int port, String request) {
        try (Socket socket = connect(port)) {
            return exchange(socket, request);
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    /** Sends over TLS, whatever the certificate. */
    public static Response tls(int port, String request) {
        try (Socket socket = trustingAll().createSocket(connect(port), "localhost", port, true)) {
            return exchange(socket, request);
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    /** A request's head: the lines, each ended as HTTP has it, and the empty one. */
    public static String request(String... lines) {
        return String.join("\r\n", lines) + "\r\n\r\n";
    }

    /** Reads a head up to its empty line; of what is not HTTP, a part. */
    public static String readHead(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n", Math.max(0, head.length() - 4)) < 0) {
            int next = in.read();
            if (next < ' ' && next != '\r' && next != '\n') { // the end, or no HTTP
                break;
            }
            head.append((char) next);
        }
        return head.toString();
    }

    public static Socket connect(int port) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        return socket;
    }

    public static SSLSocketFactory trustingAll() {
        return contextTrustingAll().getSocketFactory();
    }

    public static SSLContext contextTrustingAll() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new TrustAnyCertificate()}, null);
            return context;
        } catch (GeneralSecurityException ex) {
            throw new IllegalStateException(ex);
        }
    }

    /** Sends over a connection that is open, and leaves it open. */
    public static Response exchange(Socket socket, String request) throws IOException {
        socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
        return Response.read(socket.getInputStream(), request.startsWith("HEAD "));
    }

    /**
     * An answer.
     *
     * @param status 0 where the connection was closed without one
     * @param headers the lines of the head after the first
     */
    public record Response(int status, List<String> headers, String body) {

        private static final String HEAD_END = "\r\n\r\n";

        static Response read(InputStream in, boolean headOnly) throws IOException {
            StringBuilder bytes = new StringBuilder();
            byte[] buffer = new byte[8192];
            try {
                while (!isComplete(bytes, headOnly)) {
                    int read = in.read(buffer);
                    if (read < 0) {
                        break;
                    }
                    bytes.append(new String(buffer, 0, read, StandardCharsets.ISO_8859_1));
                }
            } catch (SocketTimeoutException ex) {
                throw new SocketTimeoutException("No whole answer, only: " + bytes);
            }
            return parse(bytes.toString());
        }

        private static boolean isComplete(StringBuilder bytes, boolean headOnly) {
            int headEnd = bytes.indexOf(HEAD_END);
            if (headEnd < 0) {
                return false;
            }
            Response sofar = parse(bytes.toString());
            if (headOnly || sofar.status == 304 || sofar.status == 204) {
                return true;
            }
            return sofar.header("Content-Length")
                    .map(length -> sofar.body.length() >= Integer.parseInt(length))
                    .orElseGet(() -> sofar.isChunked() && sofar.body.endsWith("0\r\n\r\n"));
        }

        private boolean isChunked() {
            return header("Transfer-Encoding").filter("chunked"::equals).isPresent();
        }

        private static Response parse(String bytes) {
            int headEnd = bytes.indexOf(HEAD_END);
            if (headEnd < 0 || !bytes.startsWith("HTTP/1.")) {
                return new Response(0, List.of(), bytes);
            }
            List<String> head = Arrays.asList(bytes.substring(0, headEnd).split("\r\n", -1));
            return new Response(
                    Integer.parseInt(head.getFirst().split(" ", 3)[1]),
                    head.subList(1, head.size()),
                    bytes.substring(headEnd + HEAD_END.length()));
        }

        /** The one value of that header; more than one line of it is a failure. */
        public Optional<String> header(String name) {
            String prefix = name.toLowerCase(Locale.ROOT) + ":";
            List<String> lines =
                    headers.stream()
                            .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(prefix))
                            .toList();
            if (lines.size() > 1) {
                throw new AssertionError("More than one " + name + ": " + lines);
            }
            return lines.stream().findFirst().map(l -> l.substring(prefix.length()).strip());
        }
    }
}
