package dev.gatehouse.connector.nio;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.NioEndpoint;
import org.apache.tomcat.util.net.NioEndpoint.NioSocketWrapper;
import org.apache.tomcat.util.net.SocketEvent;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.junit.jupiter.api.Test;

class GatheredFramesTests {

    private final Queue<Runnable> later = new ArrayDeque<>();
    private final List<SocketEvent> events = new ArrayList<>();
    private final FakeEndpoint endpoint = new FakeEndpoint();
    private final FakeChannel channel = new FakeChannel();
    private final List<String> sent = new ArrayList<>();
    private boolean isBroken;
    private int room = Integer.MAX_VALUE;
    private final GatheredFrames frames =
            new GatheredFrames(
                    endpoint,
                    new NioSocketWrapper(channel, endpoint),
                    new BufferPool(4),
                    this::send);

    @Test
    void sendsFramesTogetherWhenAllHaveWritten() throws IOException {
        endpoint.setExecutor(later::add);
        frames.write(frame("head "));
        frames.write(frame("body"));
        assertThat(sent).isEmpty();

        runLater();

        assertThat(sent).containsExactly("head body");
    }

    @Test
    void asksForTurnOnceWhenSeveralFramesWait() throws IOException {
        endpoint.setExecutor(later::add);
        frames.write(frame("one"));
        frames.write(frame("two"));
        assertThat(later).hasSize(1);
        runLater();

        frames.write(frame("three"));

        assertThat(later).hasSize(1);
    }

    @Test
    void sendsAtOnceWhenRecordIsFull() throws IOException {
        endpoint.setExecutor(later::add);
        ByteBuffer large = frame("x".repeat(TlsChannel.LARGEST_PLAINTEXT + 1));

        int written = frames.write(large);

        assertThat(written).isEqualTo(TlsChannel.LARGEST_PLAINTEXT);
        assertThat(large.remaining()).isEqualTo(1);
        assertThat(sent).hasSize(1);
        assertThat(later).isEmpty();
    }

    @Test
    void sendsAtOnceWhenWorkersHaveBeenShutDown() throws IOException {
        endpoint.setExecutor(
                _ -> {
                    throw new RejectedExecutionException();
                });

        frames.write(frame("last"));

        assertThat(sent).containsExactly("last");
    }

    @Test
    void sendsWhatWaitsWhenConnectionIsClosed() throws IOException {
        endpoint.setExecutor(later::add);
        frames.write(frame("GOAWAY"));

        frames.close();

        assertThat(sent).containsExactly("GOAWAY");
    }

    @Test
    void keepsMemoryWhenFramesWait() throws IOException {
        endpoint.setExecutor(later::add);
        frames.write(frame("frame"));
        assertThat(frames.bytes()).isPositive();
        runLater();

        assertThat(frames.bytes()).isZero();
        assertThat(frames.bytes()).isZero();
    }

    @Test
    void keepsTheRestInOrderWhenThereIsRoomForAPart() throws IOException {
        endpoint.setExecutor(later::add);
        frames.write(frame("first"));
        room = 3;
        frames.write(ByteBuffer.allocate(0));
        frames.write(frame("second"));
        room = Integer.MAX_VALUE;

        runLater();

        assertThat(sent).containsExactly("fir", "stsecond");
    }

    @Test
    void endsConnectionWhenSendingFails() throws IOException {
        endpoint.setExecutor(later::add);
        frames.write(frame("frame"));
        isBroken = true;

        runLater();

        assertThat(events).containsExactly(SocketEvent.ERROR);
    }

    private void runLater() {
        while (!later.isEmpty()) {
            later.remove().run();
        }
    }

    private int send(ByteBuffer source) throws IOException {
        if (isBroken) {
            throw new IOException("Broken pipe");
        }
        int count = Math.min(source.remaining(), room);
        if (count > 0) {
            byte[] bytes = new byte[count];
            source.get(bytes);
            sent.add(new String(bytes, US_ASCII));
        }
        return count;
    }

    private static ByteBuffer frame(String text) {
        return ByteBuffer.wrap(text.getBytes(US_ASCII));
    }

    /** Writes what a wrapper gives it by way of the frames, as {@link TlsChannel} does. */
    private final class FakeChannel extends NioChannel {

        FakeChannel() {
            super(new PooledBuffers(new BufferPool(4)));
        }

        @Override
        public int write(ByteBuffer source) throws IOException {
            return frames.write(source);
        }

        @Override
        public int getOutboundRemaining() {
            return frames.due();
        }
    }

    private final class FakeEndpoint extends NioEndpoint {

        @Override
        public boolean processSocket(
                SocketWrapperBase<NioChannel> connection, SocketEvent event, boolean dispatch) {
            return events.add(event);
        }
    }
}
