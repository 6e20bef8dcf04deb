package dev.gatehouse.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class HeapShareTests {

    private final HeapShare share = new HeapShare(100);

    @Test
    void isTakenOnlyWhileThereIsRoom() {
        assertThat(share.takeIfFree(60)).isTrue();
        assertThat(share.takeIfFree(60)).isFalse();
        assertThat(share.held()).isEqualTo(60);

        share.giveBack(60);

        assertThat(share.takeIfFree(60)).isTrue();
    }

    @Test
    void isOverdrawnByWhatCannotWait() {
        share.take(250);

        assertThat(share.held()).isEqualTo(250);
        assertThat(share.takeIfFree(1)).isFalse();
    }

    @Test
    void whoWaitsIsLetInOnceThereIsRoomAgain() {
        share.take(250);
        CompletableFuture<Boolean> waiting =
                CompletableFuture.supplyAsync(() -> share.takeInTurn(60));
        await().until(share::isWanted);

        share.giveBack(200);
        assertThat(waiting).isNotDone();
        share.giveBack(10);

        assertThat(waiting.join()).isTrue();
        assertThat(share.held()).isEqualTo(100);
        assertThat(share.isWanted()).isFalse();
    }

    @Test
    void nobodyOvertakesWhoWaits() {
        share.take(50);
        CompletableFuture<Boolean> waiting =
                CompletableFuture.supplyAsync(() -> share.takeInTurn(60));
        await().until(share::isWanted);

        assertThat(share.takeIfFree(10)).isFalse();

        share.giveBack(50);
        assertThat(waiting.join()).isTrue();
    }
}
