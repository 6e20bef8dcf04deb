package dev.gatehouse.connector;

import static dev.gatehouse.connector.HeldHeap.IDLE_HTTP2;
import static dev.gatehouse.connector.HeldHeap.RECLAIMED_HTTP2;
import static dev.gatehouse.connector.HeldHeap.STREAM;
import static dev.gatehouse.connector.HeldHeap.TLS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;

class HeldHeapTests {

    private static final int SHARE = 1000;

    private final HeapShare share = new HeapShare(SHARE);
    private final HeldHeap held = new HeldHeap(share, TLS);
    private final ReentrantLock connection = new ReentrantLock();

    @Test
    void givesBackAllThatServingTook() {
        int taken = held.enterInTurn(connection);
        assertThat(share.held()).isEqualTo(TLS);
        assertThat(held.kilobytes()).isEqualTo(TLS);

        held.leave(taken, 0);

        assertThat(share.held()).isZero();
        assertThat(held.kilobytes()).isZero();
    }

    @Test
    void takesOnlyWhatItHasNotKept() {
        held.leave(held.enterInTurn(connection), IDLE_HTTP2);
        assertThat(share.held()).isEqualTo(IDLE_HTTP2);

        int taken = held.enterInTurn(connection);

        assertThat(taken).isEqualTo(TLS - IDLE_HTTP2);
        assertThat(share.held()).isEqualTo(TLS);
        held.leave(taken, 0);
        assertThat(share.held()).isZero();
    }

    @Test
    void keepsLessOnceItsBuffersAreReclaimedAndTakesItAllAgain() {
        held.leave(held.enterInTurn(connection), IDLE_HTTP2);

        held.reclaimed();
        held.reclaimed();

        assertThat(share.held()).isEqualTo(RECLAIMED_HTTP2);
        assertThat(held.enterInTurn(connection)).isEqualTo(TLS - RECLAIMED_HTTP2);
    }

    @Test
    void keepsItAllWhileItIsServedWhenBuffersAreReclaimed() {
        held.leave(held.enterInTurn(connection), IDLE_HTTP2);
        int taken = held.enterInTurn(connection);

        held.reclaimed();

        assertThat(share.held()).isEqualTo(TLS);
        held.leave(taken, 0);
        assertThat(share.held()).isZero();
    }

    @Test
    void countsEachStreamUntilItEnds() {
        held.leave(held.enterInTurn(connection), IDLE_HTTP2);
        held.beginStream();
        held.beginStream();
        assertThat(share.held()).isEqualTo(IDLE_HTTP2 + 2 * STREAM);

        held.endStream();

        assertThat(share.held()).isEqualTo(IDLE_HTTP2 + STREAM);
        assertThat(held.kilobytes()).isEqualTo(IDLE_HTTP2 + STREAM);
    }

    @Test
    void givesBackWhatItKeptWhenItsConnectionEnds() {
        held.leave(held.enterInTurn(connection), IDLE_HTTP2);

        held.end();

        assertThat(share.held()).isZero();
    }

    @Test
    void keepsNothingWhenItsConnectionEndsWhileItIsServed() {
        int taken = held.enterInTurn(connection);
        held.end();
        assertThat(share.held()).isEqualTo(TLS);

        held.leave(taken, IDLE_HTTP2);

        assertThat(share.held()).isZero();
    }

    @Test
    void letsItsStreamsAnswerWhileItWaitsForMore() {
        held.leave(held.enterInTurn(connection), IDLE_HTTP2);
        share.take(SHARE);
        CompletableFuture<Integer> waiting = CompletableFuture.supplyAsync(this::enterLocked);

        await().until(share::isWanted);
        await().until(() -> !connection.isLocked());

        share.giveBack(SHARE);
        assertThat(waiting.join()).isEqualTo(TLS - IDLE_HTTP2);
        assertThat(connection.isLocked()).isFalse();
    }

    private int enterLocked() {
        connection.lock();
        try {
            int taken = held.enterInTurn(connection);
            assertThat(connection.isHeldByCurrentThread()).isTrue();
            return taken;
        } finally {
            connection.unlock();
        }
    }

    @Test
    void hasStalledSinceItsLastStreamEnded() {
        held.beginStream();
        held.beginStream();
        long begun = System.nanoTime();
        held.endStream();
        long ended = System.nanoTime();

        assertThat(held.stalledNanos(ended + 1000, Long.MAX_VALUE))
                .isBetween(1000L, ended - begun + 1000);
    }

    @Test
    void hasNotStalledWhileNothingWasAsked() {
        held.leave(held.enterInTurn(connection), IDLE_HTTP2);
        long asked = System.nanoTime();
        held.beginStream();

        assertThat(held.stalledNanos(asked, Long.MAX_VALUE)).isNotPositive();
    }

    @Test
    void hasStalledForAsLongAsItsConnectionWhenItHasNoStreams() {
        assertThat(held.stalledNanos(System.nanoTime(), 42)).isEqualTo(42);
    }

    @Test
    void isCutOffOnce() {
        assertThat(held.isShed()).isFalse();

        assertThat(held.shed()).isTrue();

        assertThat(held.isShed()).isTrue();
        assertThat(held.shed()).isFalse();
    }
}
