package dev.gatehouse.connector.nio;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class PooledBuffersTests {

    private final BufferPool pool = new BufferPool(4);
    private final PooledBuffers buffers = new PooledBuffers(pool);

    @Test
    void borrowsNothingWhenNothingWasRead() {
        assertThat(buffers.isReadBufferEmpty()).isTrue();
        assertThat(buffers.isWriteBufferEmpty()).isTrue();
        assertThat(buffers.isWriteBufferWritable()).isTrue();
        buffers.configureReadBufferForRead();

        assertThat(buffers.getReadBuffer().hasRemaining()).isFalse();
        assertThat(pool.borrowed()).isZero();
        assertThat(buffers.bytes()).isZero();
    }

    @Test
    void givesTheReadBufferBackWhenAllWasRead() {
        receive("request");
        assertThat(pool.borrowed()).isEqualTo(1);
        buffers.giveBackRead();
        assertThat(pool.borrowed()).isEqualTo(1);

        assertThat(received()).isEqualTo("request");
        buffers.giveBackRead();

        assertThat(pool.borrowed()).isZero();
    }

    @Test
    void keepsNoMoreThanTheBytesThatWait() {
        receive("half a header");

        buffers.compactRead();

        assertThat(pool.borrowed()).isZero();
        assertThat(buffers.bytes()).isEqualTo("half a header".length());
        receive(", and the rest");
        assertThat(received()).isEqualTo("half a header, and the rest");
    }

    @Test
    void readsAgainWhatWasPutBackFirst() {
        receive("second");

        buffers.unReadReadBuffer(bytes("first "));

        assertThat(received()).isEqualTo("first second");
    }

    @Test
    void givesTheWriteBufferBackWhenAllWasSent() {
        buffers.configureWriteBufferForWrite();
        buffers.getWriteBuffer().put(bytes("answer"));
        buffers.giveBackWrite();
        assertThat(pool.borrowed()).isEqualTo(1);
        buffers.configureWriteBufferForRead();
        assertThat(text(buffers.getWriteBuffer())).isEqualTo("answer");

        buffers.giveBackWrite();

        assertThat(pool.borrowed()).isZero();
    }

    @Test
    void growsWhenAnEngineAsksForMore() {
        receive("kept");

        buffers.expand(3 * BufferPool.BUFFER_SIZE);

        assertThat(buffers.getReadBuffer().capacity()).isEqualTo(3 * BufferPool.BUFFER_SIZE);
        assertThat(received()).isEqualTo("kept");
        buffers.giveBackRead();
        assertThat(pool.borrowed()).isZero();
    }

    /** A thread may still be about to read into it. */
    @Test
    void leavesTheBuffersOfAClosedConnectionToTheCollector() {
        receive("of one client");
        ByteBuffer stale = buffers.getReadBuffer();

        buffers.free();

        assertThat(pool.borrowed()).isZero();
        assertThat(pool.borrow()).isNotSameAs(stale);
        buffers.configureReadBufferForWrite();
        assertThat(buffers.getReadBuffer().isDirect()).isFalse();
    }

    @Test
    void showsNoByteOfTheLastBorrower() {
        receive("of one client");
        received();
        buffers.giveBackRead();
        PooledBuffers other = new PooledBuffers(pool);

        other.configureReadBufferForWrite();
        other.configureReadBufferForRead();
        assertThat(other.getReadBuffer().hasRemaining()).isFalse();

        other.configureWriteBufferForWrite();
        other.configureWriteBufferForRead();
        assertThat(other.getWriteBuffer().hasRemaining()).isFalse();
    }

    private void receive(String text) {
        buffers.configureReadBufferForWrite();
        buffers.getReadBuffer().put(bytes(text));
    }

    private String received() {
        buffers.configureReadBufferForRead();
        return text(buffers.getReadBuffer());
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(US_ASCII));
    }

    private static String text(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return new String(bytes, US_ASCII);
    }
}
