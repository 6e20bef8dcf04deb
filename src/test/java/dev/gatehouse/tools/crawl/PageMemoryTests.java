package dev.gatehouse.tools.crawl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.tools.outbound.PageResponse;
import dev.gatehouse.tools.outbound.PageResponses;
import dev.gatehouse.tools.outbound.ResponseBody;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class PageMemoryTests {

    private static final long HEAP = 80 << 20;

    private final PageMemory memory = new PageMemory(HEAP);

    @Test
    void pageOfFewTagsIsReadWhole() {
        PageResponse page = PageResponses.html("<p>" + "text ".repeat(200_000));

        assertThat(memory.readable(page)).isSameAs(page);
        assertThat(memory.largestBody()).isEqualTo(1 << 20);
    }

    @Test
    void pageOfTagsAloneIsCut() {
        PageResponse page = memory.readable(PageResponses.html("<p>".repeat(700_000)));

        assertThat(page.body().end()).isEqualTo(ResponseBody.End.CUT);
        assertThat(page.body().bytes()).hasSizeBetween(100_000, 200_000);
    }

    @Test
    void pageWaitsUntilAnotherHasLeftRoom() throws InterruptedException {
        PageResponse page = memory.readable(PageResponses.html("<p>".repeat(700_000)));
        CompletableFuture<Void> second = new CompletableFuture<>();

        try (PageMemory.Held _ = memory.hold(page)) {
            Thread waiting =
                    Thread.startVirtualThread(
                            () -> {
                                try (PageMemory.Held _ = memory.hold(page)) {
                                    second.complete(null);
                                } catch (InterruptedException ex) {
                                    second.completeExceptionally(ex);
                                }
                            });
            Awaitility.await()
                    .atMost(Duration.ofMinutes(1))
                    .until(() -> waiting.getState() == Thread.State.WAITING);
            assertThat(second).isNotDone();
        }
        assertThat(second).succeedsWithin(Duration.ofMinutes(1));
    }
}
