package dev.gatehouse.connector.nio;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BlockedRequestsTests {

    private static final int ROUNDS = 2000;

    private final ConnectionCounts counts = new ConnectionCounts();
    private final ConnectorEndpoint endpoint = new ConnectorEndpoint(counts);
    private final BlockedRequests waiting = new BlockedRequests(2);
    private final List<SocketChannel> open = new ArrayList<>();

    @AfterEach
    void close() throws IOException {
        for (SocketChannel socket : open) {
            socket.close();
        }
    }

    @Test
    void cutsOffTheConnectionThatHasStalledForTheLongest() throws IOException {
        ActiveConnection first = connection();
        ActiveConnection second = connection();
        ActiveConnection third = connection();
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
        ActiveConnection first = connection();
        waiting.begin(first);
        waiting.begin(first);
        waiting.begin(connection());
        assertThat(first.isCutOff()).isTrue();

        ActiveConnection last = connection();
        waiting.begin(last);

        assertThat(last.isCutOff()).isFalse();
        assertThat(counts.get(ConnectionKind.SHED)).isEqualTo(1);
    }

    @Test
    void countsWhatWaits() throws IOException {
        ActiveConnection connection = connection();
        waiting.begin(connection);
        waiting.begin(null);
        assertThat(waiting.bytes()).isEqualTo(waiting.limitBytes());

        waiting.end(connection);
        waiting.end(null);

        assertThat(waiting.bytes()).isZero();
        assertThat(connection.waitingRequests().get()).isZero();
    }

    @Test
    void forgetsConnectionWhoseWaitEndsWhileItBegins() throws Exception {
        List<ActiveConnection> ended = new ArrayList<>();
        try (ExecutorService other = Executors.newSingleThreadExecutor()) {
            for (int i = 0; i < ROUNDS; i++) {
                ActiveConnection connection =
                        new ActiveConnection(
                                new PlainChannel(new PooledBuffers(new BufferPool(0))), endpoint);
                AtomicBoolean isReady = new AtomicBoolean();
                Future<?> end =
                        other.submit(
                                () -> {
                                    isReady.set(true);
                                    while (connection.waitingRequests().get() == 0) {
                                        Thread.onSpinWait();
                                    }
                                    waiting.end(connection);
                                });
                while (!isReady.get()) {
                    Thread.onSpinWait();
                }
                waiting.begin(connection);
                end.get();
                ended.add(connection);
            }
        }

        for (int i = 0; i < 3; i++) {
            waiting.begin(connection());
        }

        assertThat(ended).noneMatch(ActiveConnection::isCutOff);
    }

    private static void progress(ActiveConnection connection) {
        ((TracedChannel) connection.getSocket()).trace().progressed();
    }

    private ActiveConnection connection() throws IOException {
        try (ServerSocketChannel server = ServerSocketChannel.open()) {
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            open.add(SocketChannel.open(server.getLocalAddress()));
            SocketChannel accepted = server.accept();
            open.add(accepted);
            PlainChannel channel = new PlainChannel(new PooledBuffers(new BufferPool(4)));
            ActiveConnection connection = new ActiveConnection(channel, endpoint);
            channel.reset(accepted, connection);
            return connection;
        }
    }
}
