package dev.gatehouse.tls.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
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
    void keepNoMoreThanAFewWhenManyAreGivenBack() {
        List<AllocatedBuffer> lent =
                Stream.generate(() -> buffers.allocateDirectBuffer(100)).limit(100).toList();
        lent.forEach(AllocatedBuffer::release);

        Set<AllocatedBuffer> again = Collections.newSetFromMap(new IdentityHashMap<>());
        for (int i = 0; i < 100; i++) {
            again.add(buffers.allocateDirectBuffer(100));
        }

        assertThat(again).hasSize(100);
        lent.forEach(again::remove);
        assertThat(again).hasSize(84);
    }

    @Test
    void lendOneToOneThreadWhenManyAskAtOnce() throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            Callable<Integer> mixedUp =
                    () -> {
                        int changed = 0;
                        int mine = (int) Thread.currentThread().threadId();
                        for (int i = 0; i < 20_000; i++) {
                            AllocatedBuffer lent = buffers.allocateDirectBuffer(100);
                            lent.nioBuffer().putInt(0, mine);
                            Thread.onSpinWait();
                            changed += lent.nioBuffer().getInt(0) == mine ? 0 : 1;
                            lent.release();
                        }
                        return changed;
                    };
            for (Future<Integer> changed : threads.invokeAll(Collections.nCopies(8, mixedUp))) {
                assertThat(changed.get()).isZero();
            }
        }
    }

    @Test
    void makeOneWhenMoreIsAskedForThanARecordHolds() {
        assertThat(buffers.allocateDirectBuffer(1 << 20).nioBuffer().remaining())
                .isEqualTo(1 << 20);
    }
}
