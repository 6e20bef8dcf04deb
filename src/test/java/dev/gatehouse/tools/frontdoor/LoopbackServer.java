package dev.gatehouse.tools.frontdoor;

import dev.gatehouse.testing.RawHttp;
import dev.gatehouse.testing.TestCertificate;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/** A server on a loopback address that answers by a script, over a real socket and real TLS. */
public final class LoopbackServer implements AutoCloseable {

    private static final int SILENCE_MILLIS = 20_000;

    private final ServerSocket listener;
    private final @Nullable SSLSocketFactory tls;
    private final Script script;
    private final ReceivedHello.Taken taken;

    private LoopbackServer(
            String address,
            @Nullable TestCertificate certificate,
            Script script,
            ReceivedHello.Taken taken) {
        try {
            this.listener = new ServerSocket(0, 50, InetAddress.ofLiteral(address));
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
        this.tls = certificate == null ? null : certificate.serverContext().getSocketFactory();
        this.script = script;
        this.taken = taken;
        Thread.ofVirtual().start(this::listen);
    }

    public static LoopbackServer plain(String address, Function<Asked, String> script) {
        return plain(address, whole(script));
    }

    public static LoopbackServer plain(String address, Script script) {
        return new LoopbackServer(address, null, script, ReceivedHello.Taken.NONE);
    }

    public static LoopbackServer tls(String address, TestCertificate certificate, Script script) {
        return new LoopbackServer(address, certificate, script, ReceivedHello.Taken.NONE);
    }

    /** Answers byte by byte, as it likes, until it returns. */
    @FunctionalInterface
    public interface Script {

        void answer(Asked asked, OutputStream out) throws IOException;
    }

    private static Script whole(Function<Asked, String> script) {
        return (asked, out) -> out.write(script.apply(asked).getBytes(StandardCharsets.ISO_8859_1));
    }

    public static LoopbackServer tls(
            String address, TestCertificate certificate, Function<Asked, String> script) {
        return tls(address, certificate, script, ReceivedHello.Taken.NONE);
    }

    /** One that takes some old hellos too. */
    public static LoopbackServer tls(
            String address,
            TestCertificate certificate,
            Function<Asked, String> script,
            ReceivedHello.Taken taken) {
        return new LoopbackServer(address, certificate, whole(script), taken);
    }

    /** A request, as far as a script looks at it. */
    public record Asked(String method, String target, String head) {

        public String header(String name) {
            return head.lines()
                    .filter(
                            line ->
                                    line.toLowerCase(Locale.ROOT)
                                            .startsWith(name.toLowerCase(Locale.ROOT) + ":"))
                    .map(line -> line.substring(name.length() + 1).strip())
                    .findFirst()
                    .orElse("");
        }
    }

    public int port() {
        return listener.getLocalPort();
    }

    private void listen() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException _) {
                return; // closed
            }
        }
    }

    private void serve(Socket plain) {
        try (Socket socket = tls == null ? plain : handshake(plain)) {
            socket.setSoTimeout(SILENCE_MILLIS);
            String head = RawHttp.readHead(socket.getInputStream());
            String[] line = head.lines().findFirst().orElse("").split(" ", 3);
            if (line.length == 3) {
                script.answer(new Asked(line[0], line[1], head), socket.getOutputStream());
            }
        } catch (IOException _) {
            // the client has gone
        }
    }

    private Socket handshake(Socket socket) throws IOException {
        byte[] hello = firstRecord(socket.getInputStream());
        if (hello.length > 0 && hello[0] == 0x16 && taken.takes(ReceivedHello.of(hello))) {
            socket.getOutputStream().write(ReceivedHello.of(hello).response());
            socket.close();
            return socket;
        }
        SSLSocket tls =
                (SSLSocket)
                        Objects.requireNonNull(this.tls)
                                .createSocket(socket, new ByteArrayInputStream(hello), true);
        SSLParameters parameters = tls.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {"h2", "http/1.1"});
        tls.setSSLParameters(parameters);
        return tls;
    }

    /** The first TLS record; of anything else the first five bytes. */
    private static byte[] firstRecord(InputStream in) throws IOException {
        byte[] header = in.readNBytes(5);
        if (header.length < 5 || header[0] != 0x16) {
            return header;
        }
        byte[] rest = in.readNBytes(((header[3] & 0xff) << 8) | (header[4] & 0xff));
        return ByteBuffer.allocate(header.length + rest.length).put(header).put(rest).array();
    }

    /** An answer's head with a short body. */
    public static String answer(int status, String... headers) {
        String body = "<!doctype html><title>Site</title>";
        return RawHttp.request(
                        "HTTP/1.1 " + status + " Test",
                        headers.length == 0 ? "X-Test: 1" : String.join("\r\n", headers),
                        "Content-Length: " + body.length())
                + body;
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }
}
