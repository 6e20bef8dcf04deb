package dev.gatehouse.connector.nio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.connector.nio.ProxyHeaderInput.Outcome;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Over a real connection; the peer's address is the test's. */
class ProxyHeaderInputTests {

    private static final InetAddress BALANCER = InetAddress.ofLiteral("10.0.0.5");
    private static final String HEADER = "PROXY TCP4 192.0.2.1 10.0.0.1 54321 443\r\n";

    private final ConnectionProgress trace = new ConnectionProgress(System.nanoTime());
    private ServerSocketChannel listener;
    private SocketChannel client;
    private SocketChannel server;

    @BeforeEach
    void connect() throws IOException {
        listener = ServerSocketChannel.open();
        listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        client = SocketChannel.open(listener.getLocalAddress());
        server = listener.accept();
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        server.close();
        listener.close();
    }

    private ProxyHeaderInput input(InetAddress peer, boolean isTrusted) {
        return new ProxyHeaderInput(peer, isTrusted, false, trace);
    }

    /** Reads, blocking, until something is decided. */
    private Outcome send(ProxyHeaderInput input, byte[] bytes) throws IOException {
        client.write(ByteBuffer.wrap(bytes));
        client.shutdownOutput();
        Outcome outcome;
        do {
            outcome = input.read(server);
        } while (outcome == Outcome.WAIT);
        return outcome;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String text(ByteBuffer bytes) {
        return StandardCharsets.ISO_8859_1.decode(bytes).toString();
    }

    @Test
    void readWhenTrustedPeerSendsAHeaderLeavesTheRest() throws IOException {
        ProxyHeaderInput input = input(BALANCER, true);

        assertThat(send(input, bytes(HEADER + "GET /"))).isEqualTo(Outcome.PROCEED);
        assertThat(input.client()).isEqualTo(InetAddress.ofLiteral("192.0.2.1"));
        assertThat(text(input.rest())).isEqualTo("GET /");
    }

    @Test
    void readWhenTlvsAreLargerThanTheBufferSkipsThem() throws IOException {
        byte[] header = new byte[16 + 60_000 + 3];
        System.arraycopy(bytes("\r\n\r\n\0\r\nQUIT\n!\u0011"), 0, header, 0, 14);
        ByteBuffer.wrap(header)
                .putChar(14, (char) 60_000)
                .put(16, new byte[] {(byte) 192, 0, 2, 9});
        System.arraycopy(bytes("GET"), 0, header, 60_016, 3);
        ProxyHeaderInput input = input(BALANCER, true);

        assertThat(send(input, header)).isEqualTo(Outcome.PROCEED);
        assertThat(input.client()).isEqualTo(InetAddress.ofLiteral("192.0.2.9"));
        assertThat(text(input.rest())).isEqualTo("GET");
    }

    @Test
    void readWhenTrustedPeerSendsNoHeaderClosesAndCounts() throws IOException {
        assertThat(send(input(BALANCER, true), bytes("GET / HTTP/1.1\r\n\r\n")))
                .isEqualTo(Outcome.CLOSE);
        assertThat(trace.kind(true, false)).contains(ConnectionKind.PROXY_HEADER_INVALID);
    }

    @Test
    void readWhenTrustedPeerSendsABrokenHeaderClosesAndCounts() throws IOException {
        assertThat(send(input(BALANCER, true), bytes("PROXY TCP4 nobody\r\n")))
                .isEqualTo(Outcome.CLOSE);
        assertThat(trace.kind(true, false)).contains(ConnectionKind.PROXY_HEADER_INVALID);
    }

    @Test
    void readWhenTrustedPeerClosesWithoutAByteCountsItAsSilent() throws IOException {
        assertThat(send(input(BALANCER, true), new byte[0])).isEqualTo(Outcome.CLOSE);
        assertThat(trace.kind(true, false)).contains(ConnectionKind.SILENT);
    }

    @Test
    void readWhenTrustedLoopbackPeerSendsNoHeaderProceeds() throws IOException {
        ProxyHeaderInput input = input(InetAddress.getLoopbackAddress(), true);

        assertThat(send(input, bytes("GET /"))).isEqualTo(Outcome.PROCEED);
        assertThat(input.client()).isNull();
        assertThat(text(input.rest())).isEqualTo("GET /");
    }

    @Test
    void readWhenOtherPeerSendsNoHeaderProceeds() throws IOException {
        ProxyHeaderInput input = input(BALANCER, false);

        assertThat(send(input, bytes("PRI * HTTP/2.0"))).isEqualTo(Outcome.PROCEED);
        assertThat(text(input.rest())).isEqualTo("PRI * HTTP/2.0");
    }

    @Test
    void readWhenOtherPeerSendsAHeaderAnswers400AndCounts() throws IOException {
        assertThat(send(input(BALANCER, false), bytes(HEADER + "GET /"))).isEqualTo(Outcome.CLOSE);

        server.close();
        ByteBuffer answer = ByteBuffer.allocate(1024);
        while (client.read(answer) >= 0) {
            // until the end
        }
        assertThat(text(answer.flip()))
                .startsWith("HTTP/1.1 400 ")
                .endsWith("\r\n\r\n400 Bad Request\n");
        assertThat(trace.kind(true, false)).contains(ConnectionKind.PROXY_HEADER_UNTRUSTED);
    }
}
