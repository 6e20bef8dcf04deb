package dev.gatehouse.tls.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.conscrypt.AllocatedBuffer;
import org.junit.jupiter.api.Test;

class ConscryptBufferPoolTests {

    private final ConscryptBufferPool buffers = new ConscryptBufferPool();

    @Test
    void lendOneToOneAtATime() {
        ByteBuffer first = buffers.allocateDirectBuffer(100).nioBuffer();
        ByteBuffer second = buffers.allocateDirectBuffer(100).nioBuffer();

        assertThat(first).isNotSameAs(second);
        assertThat(first.isDirect()).isTrue();
    }

    @Test
    void lendTheSameAgainWhenItWasGivenBack() {
        AllocatedBuffer lent = buffers.allocateDirectBuffer(100);
        lent.nioBuffer().put(new byte[100]);
        lent.release();

        ByteBuffer again = buffers.allocateDirectBuffer(100).nioBuffer();

        assertThat(again).isSameAs(lent.nioBuffer());
        assertThat(again.position()).isZero();
        assertThat(again.remaining()).isGreaterThanOrEqualTo(16 * 1024 + 256);
    }

    @Test
    void makeOneWhenMoreIsAskedForThanARecordHolds() {
        assertThat(buffers.allocateDirectBuffer(1 << 20).nioBuffer().remaining())
                .isEqualTo(1 << 20);
    }
}
