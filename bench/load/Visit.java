package load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;

/** One visit on a connection of its own. */
final class Visit {

    private static final SSLContext CONTEXT = trustingAll();
    private static final int PATIENCE_MILLIS = 20_000;

    private Visit() {}

    private static SSLContext trustingAll() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new aot.TrustAll()}, null);
            return context;
        } catch (GeneralSecurityException ex) {
            throw new IllegalStateException(ex);
        }
    }

    /** Whether {@code /ping} was answered over TLS. */
    static boolean tls(int port) {
        try (SSLSocket socket = connect(port)) {
            return ping(socket).startsWith("HTTP/1.1 200");
        } catch (IOException _) {
            return false;
        }
    }

    /** Whether anything was answered over plain HTTP. */
    static boolean plain(int port) {
        try (Socket socket = open(port)) {
            return ping(socket).startsWith("HTTP/1.1");
        } catch (IOException _) {
            return false;
        }
    }

    /** A connection whose handshake is done. */
    static SSLSocket connect(int port) throws IOException {
        SSLSocket socket =
                (SSLSocket)
                        CONTEXT.getSocketFactory()
                                .createSocket(open(port), Setting.HOST, port, true);
        socket.startHandshake();
        return socket;
    }

    private static Socket open(int port) throws IOException {
        Socket socket = new Socket();
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setTcpNoDelay(true); // else most servers' first answer over TLS takes 40 ms
        socket.connect(new InetSocketAddress("127.0.0.1", port), PATIENCE_MILLIS);
        return socket;
    }

    /** The beginning of the answer. */
    static String ping(Socket socket) throws IOException {
        String request = "GET /ping HTTP/1.1\r\nHost: " + Setting.HOST + "\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        byte[] answer = new byte[4096];
        int read = socket.getInputStream().read(answer);
        return read < 0 ? "" : new String(answer, 0, read, StandardCharsets.US_ASCII);
    }
}
