package dev.gatehouse.connector.nio;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WaitingRequestsTests {

    private final ConnectionCounts counts = new ConnectionCounts();
    private final ConnectorEndpoint endpoint = new ConnectorEndpoint(counts);
    private final WaitingRequests waiting = new WaitingRequests(2);
    private final List<SocketChannel> open = new ArrayList<>();

    @AfterEach
    void close() throws IOException {
        for (SocketChannel socket : open) {
            socket.close();
        }
    }

    @Test
    void cutsOffTheConnectionThatHasStalledForTheLongest() throws IOException {
        ServedConnection first = connection();
        ServedConnection second = connection();
        ServedConnection third = connection();
        progress(first);
        waiting.begin(first);
        waiting.begin(second);
        assertThat(second.isCutOff()).isFalse();

        waiting.begin(third);

        assertThat(second.isCutOff()).isTrue();
        assertThat(first.isCutOff()).isFalse();
        assertThat(third.isCutOff()).isFalse();
        assertThat(counts.get(ConnectionKind.SHED)).isEqualTo(1);
    }

    @Test
    void cutsOffNoMoreWhileThoseThatWereCutOffStillLeave() throws IOException {
        ServedConnection first = connection();
        waiting.begin(first);
        waiting.begin(first);
        waiting.begin(connection());
        assertThat(first.isCutOff()).isTrue();

        ServedConnection last = connection();
        waiting.begin(last);

        assertThat(last.isCutOff()).isFalse();
        assertThat(counts.get(ConnectionKind.SHED)).isEqualTo(1);
    }

    @Test
    void countsWhatWaits() throws IOException {
        ServedConnection connection = connection();
        waiting.begin(connection);
        waiting.begin(null);
        assertThat(waiting.bytes()).isEqualTo(waiting.limitBytes());

        waiting.end(connection);
        waiting.end(null);

        assertThat(waiting.bytes()).isZero();
        assertThat(connection.waitingRequests().get()).isZero();
    }

    private static void progress(ServedConnection connection) {
        ((TracedChannel) connection.getSocket()).trace().progressed();
    }

    private ServedConnection connection() throws IOException {
        try (ServerSocketChannel server = ServerSocketChannel.open()) {
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            open.add(SocketChannel.open(server.getLocalAddress()));
            SocketChannel accepted = server.accept();
            open.add(accepted);
            PlainChannel channel = new PlainChannel(new PooledBuffers(new BufferPool(4)));
            ServedConnection connection = new ServedConnection(channel, endpoint);
            channel.reset(accepted, connection);
            return connection;
        }
    }
}
