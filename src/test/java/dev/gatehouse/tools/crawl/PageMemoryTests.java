package dev.gatehouse.tools.crawl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.tools.outbound.PageResponse;
import dev.gatehouse.tools.outbound.PageResponses;
import dev.gatehouse.tools.outbound.ResponseBody;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class PageMemoryTests {

    private static final long HEAP = 160 << 20;

    private final PageMemory memory = new PageMemory(HEAP);

    /** The heap in a container of 256 MiB, of which the server takes 39 MB. */
    @Test
    void allOfItFitsTheHeapBesideTheServer() {
        long heap = 77 << 20;
        PageMemory small = new PageMemory(heap);
        long others = heap / 6 + heap / 8 + (39 << 20); // URLs, results

        long sitemap = small.sitemapUrls() + 4L * small.largestSitemap();

        assertThat(sitemap + small.bodies()).isLessThan(heap - others);
        assertThat(small.largestBody()).isGreaterThan(900_000);
        assertThat(small.readable(PageResponses.html("x".repeat(900_000))).body().isComplete())
                .isTrue();
    }

    @Test
    void pageOfFewTagsIsReadWhole() {
        PageResponse page = PageResponses.html("<p>" + "text ".repeat(200_000));

        assertThat(memory.readable(page)).isSameAs(page);
        assertThat(memory.largestBody()).isEqualTo(2 << 20);
    }

    @Test
    void pageOfTagsAloneIsCut() {
        PageResponse page = memory.readable(PageResponses.html("<p>".repeat(700_000)));

        assertThat(page.body().end()).isEqualTo(ResponseBody.End.CUT);
        assertThat(page.body().bytes()).hasSizeBetween(200_000, 300_000);
    }

    /** Each thread of each check may be sent one. */
    @Test
    void bodiesThatAreLargeAreFewAtTheSameTime() throws Exception {
        List<PageMemory.Body> admitted = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            PageMemory.Body body = memory.body(memory.largestBody());
            assertThat(body.admit()).isTrue();
            assertThat(body.admit()).isTrue(); // counted once
            admitted.add(body);
        }
        CompletableFuture<Boolean> fifth = new CompletableFuture<>();
        Thread waiting =
                Thread.startVirtualThread(
                        () -> {
                            try (PageMemory.Body body = memory.body(memory.largestBody())) {
                                fifth.complete(body.admit());
                            } catch (IOException ex) {
                                fifth.completeExceptionally(ex);
                            }
                        });
        Awaitility.await().until(() -> waiting.getState() == Thread.State.TIMED_WAITING);
        admitted.getFirst().close();
        admitted.getFirst().close(); // given back once

        assertThat(fifth).succeedsWithin(Duration.ofMinutes(1)).isEqualTo(true);
        waiting.join();
        admitted.subList(1, 4).forEach(PageMemory.Body::close);
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
            Awaitility.await().until(() -> waiting.getState() == Thread.State.WAITING);
            assertThat(second).isNotDone();
        }
        assertThat(second).succeedsWithin(Duration.ofMinutes(1));
    }
}
