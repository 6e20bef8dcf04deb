package dev.gatehouse.connector.nio;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class BufferPoolTests {

    private final BufferPool pool = new BufferPool(2);

    @Test
    void lendsTheSameBufferAgain() {
        ByteBuffer first = pool.borrow();
        first.putInt(7);
        pool.giveBack(first);

        ByteBuffer second = pool.borrow();

        assertThat(second).isSameAs(first);
        assertThat(second.position()).isZero();
        assertThat(second.limit()).isEqualTo(BufferPool.BUFFER_SIZE);
    }

    @Test
    void lendsHeapMemoryBeyondTheLimit() {
        ByteBuffer first = pool.borrow();
        assertThat(pool.borrow().isDirect()).isTrue();

        ByteBuffer third = pool.borrow();
        assertThat(third.isDirect()).isFalse();
        pool.giveBack(third);
        assertThat(pool.borrowed()).isEqualTo(2);

        pool.forget(first);
        assertThat(pool.borrow().isDirect()).isTrue();
    }
}
