package dev.gatehouse.connector;

import static dev.gatehouse.connector.HeldHeap.HTTP2;
import static dev.gatehouse.connector.HeldHeap.RECLAIMED_HTTP2;
import static dev.gatehouse.connector.HeldHeap.REMEMBERED_EACH_KILOBYTE;
import static dev.gatehouse.connector.HeldHeap.REMEMBERED_STREAMS;
import static dev.gatehouse.connector.HeldHeap.STREAM;
import static dev.gatehouse.connector.HeldHeap.TLS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class HeldHeapTests {

    private static final int SHARE = 1000;

    private final HeapShare share = new HeapShare(SHARE);
    private final HeldHeap held = HeldHeap.tls(share);

    @Test
    void givesBackAllThatServingTookBetweenRequests() {
        assertThat(held.enterIfFree()).isTrue();
        assertThat(share.held()).isEqualTo(TLS);
        assertThat(held.kilobytes()).isEqualTo(TLS);

        held.leaveIdle();

        assertThat(share.held()).isZero();
        assertThat(held.kilobytes()).isZero();
    }

    @Test
    void takesNothingMoreToGoOnInTheMiddleOfRequest() {
        held.enterIfFree();
        held.leave();
        share.take(SHARE);

        assertThat(held.enterIfFree()).isTrue();

        assertThat(held.kilobytes()).isEqualTo(TLS);
        assertThat(share.held()).isEqualTo(SHARE + TLS);
    }

    /** A connection that has been asked 500 times is 115 KB to Tomcat, at rest. */
    @Test
    void countsWhatIsRememberedOfStreamsUntilItEnds() {
        held.enterIfFree();
        held.leaveHttp2();
        for (int stream = 0; stream < 2 * REMEMBERED_STREAMS; stream++) {
            held.beginStream();
            held.endStream();
        }
        held.reclaimed();

        int remembered = REMEMBERED_STREAMS / REMEMBERED_EACH_KILOBYTE;
        assertThat(held.kilobytes()).isEqualTo(RECLAIMED_HTTP2 + remembered);
        share.remember(SHARE - remembered);
        assertThat(share.isWanted()).isFalse();
        share.remember(1);
        assertThat(share.isWanted()).isTrue();

        held.end();

        assertThat(held.kilobytes()).isZero();
        assertThat(share.isWanted()).isFalse();
    }

    @Test
    void remembersNothingOfStreamThatEndsAfterItsConnection() {
        held.enterIfFree();
        held.leaveHttp2();
        for (int stream = 0; stream < REMEMBERED_EACH_KILOBYTE; stream++) {
            held.beginStream();
        }
        held.end();
        for (int stream = 0; stream < REMEMBERED_EACH_KILOBYTE; stream++) {
            held.endStream();
        }

        assertThat(held.kilobytes()).isZero();
    }

    @Test
    void mayHaveItsBuffersBetweenRequestsWhileThereIsRoomForThem() {
        assertThat(share.takeIdle(SHARE / 2)).isTrue();
        held.enterIfFree();
        assertThat(held.leaveIdle()).isFalse();

        share.giveBackIdle(SHARE / 2);
        held.enterIfFree();

        assertThat(held.leaveIdle()).isTrue();
        assertThat(share.takeIdle(SHARE / 2)).isFalse();
    }

    @Test
    void givesRoomForItsBuffersBackWhenTheyAreReclaimedOrItIsServedOrEnds() {
        for (Runnable next : List.<Runnable>of(held::reclaimed, held::enter, held::end)) {
            held.enterIfFree();
            assertThat(held.leaveIdle()).isTrue();

            next.run();

            assertThat(share.takeIdle(SHARE / 2)).isTrue();
            share.giveBackIdle(SHARE / 2);
        }
    }

    @Test
    void holdsLessWhenItSpeaksHttp2() {
        speakHttp2();
        assertThat(share.held()).isEqualTo(HTTP2);

        assertThat(held.enterIfFree()).isTrue();

        assertThat(share.held()).isEqualTo(HTTP2);
    }

    @Test
    void keepsLessOnceItsBuffersAreReclaimedAndTakesItAllAgain() {
        speakHttp2();

        held.reclaimed();
        held.reclaimed();

        assertThat(share.held()).isEqualTo(RECLAIMED_HTTP2);
        assertThat(held.enterIfFree()).isTrue();
        assertThat(share.held()).isEqualTo(HTTP2);
    }

    @Test
    void keepsItAllWhileItIsServedWhenBuffersAreReclaimed() {
        speakHttp2();
        held.enterIfFree();

        held.reclaimed();

        assertThat(share.held()).isEqualTo(HTTP2);
    }

    @Test
    void countsEachStreamUntilItEnds() {
        speakHttp2();
        held.beginStream();
        held.beginStream();
        assertThat(share.held()).isEqualTo(HTTP2 + 2 * STREAM);

        held.endStream();

        assertThat(share.held()).isEqualTo(HTTP2 + STREAM);
        assertThat(held.kilobytes()).isEqualTo(HTTP2 + STREAM);
    }

    @Test
    void givesBackWhatItKeptWhenItsConnectionEnds() {
        speakHttp2();

        held.end();

        assertThat(share.held()).isZero();
    }

    @Test
    void keepsNothingWhenItsConnectionEndsWhileItIsServed() {
        held.enterIfFree();
        held.end();
        assertThat(share.held()).isEqualTo(TLS);

        held.leave();

        assertThat(share.held()).isZero();
    }

    @Test
    void holdsNothingWhileItWaitsToBeLetIn() {
        speakHttp2();
        held.reclaimed();
        share.take(SHARE);
        assertThat(held.enterIfFree()).isFalse();

        CompletableFuture<Boolean> waiting = CompletableFuture.supplyAsync(held::enterInTurn);
        await().until(share::isWanted);
        assertThat(held.kilobytes()).isZero();

        share.giveBack(SHARE);
        assertThat(waiting.join()).isTrue();
        assertThat(held.kilobytes()).isEqualTo(HTTP2);
        assertThat(share.held()).isEqualTo(HTTP2);
    }

    @Test
    void waitsForNobodyWhenItsStreamsMayWaitForIt() {
        speakHttp2();
        held.reclaimed();
        held.beginStream();
        share.take(SHARE);

        assertThat(held.enterIfFree()).isTrue();

        assertThat(held.kilobytes()).isEqualTo(HTTP2 + STREAM);
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
        speakHttp2();
        long asked = System.nanoTime();
        held.beginStream();

        assertThat(held.stalledNanos(asked, Long.MAX_VALUE)).isNotPositive();
    }

    @Test
    void hasStalledForAsLongAsItsConnectionWhenItHasNoStreams() {
        held.enterIfFree();

        assertThat(held.stalledNanos(System.nanoTime() + 1000, 42)).isEqualTo(42);
    }

    @Test
    void hasNotStalledBeforeItWasLetIn() {
        long before = System.nanoTime();
        held.enterIfFree();
        long after = System.nanoTime();

        assertThat(held.stalledNanos(after, Long.MAX_VALUE)).isBetween(0L, after - before);
    }

    @Test
    void isCutOffOnce() {
        assertThat(held.isShed()).isFalse();

        assertThat(held.shed()).isTrue();

        assertThat(held.isShed()).isTrue();
        assertThat(held.shed()).isFalse();
    }

    private void speakHttp2() {
        held.enterIfFree();
        held.leaveHttp2();
    }
}
