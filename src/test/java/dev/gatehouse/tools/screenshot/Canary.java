package dev.gatehouse.tools.screenshot;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Listens on a TCP and a UDP port, and remembers that something arrived, even a connection alone.
 */
final class Canary implements AutoCloseable {

    private final ServerSocket tcp;
    private final DatagramSocket udp;
    private final Queue<String> arrivals = new ConcurrentLinkedQueue<>();

    Canary(String address) throws IOException {
        InetAddress at = InetAddress.ofLiteral(address);
        tcp = new ServerSocket(0, 50, at);
        udp = new DatagramSocket(tcp.getLocalPort(), at);
        Thread.ofVirtual().start(this::accept);
        Thread.ofPlatform().daemon().start(this::receive);
    }

    int port() {
        return tcp.getLocalPort();
    }

    private void accept() {
        while (!tcp.isClosed()) {
            try (Socket socket = tcp.accept()) {
                arrivals.add("TCP");
                socket.setSoTimeout(2000);
                byte[] head = new byte[4096];
                int count = socket.getInputStream().read(head);
                String line = new String(head, 0, Math.max(0, count), StandardCharsets.US_ASCII);
                arrivals.add(line.lines().findFirst().orElse(""));
                String type = line.contains(".js") ? "text/javascript" : "text/html";
                socket.getOutputStream().write(answer(type).getBytes(StandardCharsets.US_ASCII));
            } catch (IOException _) {
                // the next one
            }
        }
    }

    private static String answer(String type) {
        return """
            HTTP/1.1 200 OK\r
            Content-Type: %s\r
            Access-Control-Allow-Origin: *\r
            Connection: close\r
            Content-Length: 2\r
            \r
            1;"""
                .formatted(type);
    }

    private void receive() {
        byte[] buffer = new byte[2048];
        while (!udp.isClosed()) {
            try {
                udp.receive(new DatagramPacket(buffer, buffer.length));
                arrivals.add("UDP");
            } catch (IOException _) {
                // closed
            }
        }
    }

    List<String> arrivals() {
        return List.copyOf(arrivals);
    }

    void forget() {
        arrivals.clear();
    }

    @Override
    public void close() throws IOException {
        tcp.close();
        udp.close();
    }
}
