package dev.gatehouse.tools.crawl;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UrlMemoryTests {

    private final UrlMemory memory = new UrlMemory(6_000);

    @Test
    void crawlsShareASixthOfTheHeap() {
        UrlMemory.Part first = memory.open();
        UrlMemory.Part second = memory.open();

        assertThat(first.take(600)).isTrue();
        assertThat(second.take(401)).isFalse();
        assertThat(second.take(400)).isTrue();
        assertThat(first.take(1)).isFalse();
    }

    @Test
    void crawlWhenClosedGivesBackWhatItTook() {
        UrlMemory.Part first = memory.open();
        first.take(1_000);
        first.close();
        first.close();
        UrlMemory.Part second = memory.open();

        assertThat(first.take(1)).isFalse();
        assertThat(second.take(1_000)).isTrue();
        assertThat(second.take(1)).isFalse();
    }
}
