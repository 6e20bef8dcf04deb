import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The other side of .ci/browser-network: a site whose page tries ways to a public address, and what
 * counts the arrivals there: connections, datagrams (STUN) and questions to the name server; and a
 * relay to the DevTools port of the browser beside it.
 *
 * <p>Arguments: the public address and that of the site. The counts are served on port 8099 of the
 * site's address, and begin anew there with {@code /forget}.
 */
public class BrowserNetwork {

    private static final AtomicInteger CONNECTIONS = new AtomicInteger();
    private static final AtomicInteger DATAGRAMS = new AtomicInteger();
    private static final AtomicInteger QUESTIONS = new AtomicInteger();

    private static final String PAGE =
            """
            <!doctype html><title>Ways out</title><body style="background:lime">
            <link rel=dns-prefetch href=//prefetched.example>
            <link rel=preconnect href=http://preconnected.example:8081>
            <link rel=stylesheet href=http://ADDRESS:8081/style>
            <img src=http://ADDRESS:8081/image><img src=http://named.example:8081/image>
            <iframe src=http://ADDRESS:8081/frame></iframe>
            <script>
              fetch('http://ADDRESS:8081/fetch').catch(() => 0);
              navigator.sendBeacon('http://ADDRESS:8081/beacon', 'x');
              new WebSocket('ws://ADDRESS:8081/socket');
              for (const server of ['ADDRESS', 'stun.example']) {
                const peer = new RTCPeerConnection({ iceServers: [{ urls: `stun:${server}:3478` }] });
                peer.createDataChannel('');
                peer.createOffer().then(offer => peer.setLocalDescription(offer));
              }
            </script>
            """;

    public static void main(String[] args) throws IOException {
        InetAddress target = InetAddress.getByName(args[0]);
        InetAddress site = InetAddress.getByName(args[1]);
        serve(site, 80, PAGE.replace("ADDRESS", args[0]));
        ServerSocket canary = new ServerSocket(8081, 50, target);
        Thread.ofPlatform().start(() -> count(canary));
        DatagramSocket stun = new DatagramSocket(3478, target);
        Thread.ofPlatform().start(() -> listen(stun, false, target));
        DatagramSocket names = new DatagramSocket(53, site);
        Thread.ofPlatform().start(() -> listen(names, true, target));
        ServerSocket devTools = new ServerSocket(9222, 50, site);
        Thread.ofPlatform().start(() -> forward(devTools));
        HttpServer counts = HttpServer.create(new InetSocketAddress(site, 8099), 50);
        counts.createContext(
                "/",
                exchange -> {
                    if (exchange.getRequestURI().getPath().equals("/forget")) {
                        CONNECTIONS.set(0);
                        DATAGRAMS.set(0);
                        QUESTIONS.set(0);
                    }
                    byte[] text =
                            "%s %s %s".formatted(CONNECTIONS, DATAGRAMS, QUESTIONS).getBytes();
                    exchange.sendResponseHeaders(200, text.length);
                    exchange.getResponseBody().write(text);
                    exchange.close();
                });
        counts.start();
    }

    private static void serve(InetAddress address, int port, String page) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(address, port), 50);
        server.createContext(
                "/",
                exchange -> {
                    byte[] body = page.getBytes(StandardCharsets.UTF_8);
                    exchange.getResponseHeaders().set("Content-Type", "text/html");
                    exchange.sendResponseHeaders(200, body.length);
                    exchange.getResponseBody().write(body);
                    exchange.close();
                });
        server.start();
    }

    private static void count(ServerSocket canary) {
        while (true) {
            try {
                canary.accept().close();
                CONNECTIONS.incrementAndGet();
            } catch (IOException _) {
                // a client that has gone
            }
        }
    }

    /** The browser listens on loopback alone: the chart has a relay like this one. */
    private static void forward(ServerSocket listener) {
        while (true) {
            try {
                Socket client = listener.accept();
                Socket browser = new Socket(InetAddress.getLoopbackAddress(), 9223);
                Thread.ofPlatform().start(() -> copy(client, browser));
                Thread.ofPlatform().start(() -> copy(browser, client));
            } catch (IOException _) {
                // the browser is not there yet
            }
        }
    }

    private static void copy(Socket from, Socket to) {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException _) {
            // either side has gone
        }
    }

    /** Each name leads to the public address. */
    private static void listen(DatagramSocket socket, boolean names, InetAddress target) {
        while (true) {
            try {
                DatagramPacket packet = new DatagramPacket(new byte[1500], 1500);
                socket.receive(packet);
                if (!names) {
                    DATAGRAMS.incrementAndGet();
                    continue;
                }
                QUESTIONS.incrementAndGet();
                byte[] answer = answer(packet, target);
                socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
            } catch (IOException _) {
                // a client that has gone
            }
        }
    }

    private static byte[] answer(DatagramPacket packet, InetAddress target) {
        byte[] question = Arrays.copyOf(packet.getData(), packet.getLength());
        int end = 12;
        while (question[end] != 0) {
            end += question[end] + 1;
        }
        boolean ipv4 = question[end + 2] == 1;
        byte[] head = Arrays.copyOf(question, end + 5);
        head[2] = (byte) 0x81;
        head[3] = (byte) 0x80;
        head[7] = (byte) (ipv4 ? 1 : 0);
        Arrays.fill(head, 8, 12, (byte) 0);
        if (!ipv4) {
            return head;
        }
        byte[] record = {(byte) 0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 0, 0, 4};
        byte[] whole = Arrays.copyOf(head, head.length + record.length + 4);
        System.arraycopy(record, 0, whole, head.length, record.length);
        System.arraycopy(target.getAddress(), 0, whole, head.length + record.length, 4);
        return whole;
    }
}
