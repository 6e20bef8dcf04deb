package dev.gatehouse.tools.job;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RowSizesTests {

    private final RowSizes sizes = new RowSizes();

    @Test
    void putWhenRowIsNewReturnsNothing() {
        assertThat(sizes.put("links", "1", 100)).isZero();
        assertThat(sizes.put("places", "1", 50)).isZero();
        assertThat(sizes.put("links", "11", 30)).isZero();
    }

    @Test
    void putWhenRowsAreReplacedReturnsTheirSizes() {
        for (int i = 1; i <= 200_000; i++) {
            assertThat(sizes.put("places", i + "-" + i % 7, i)).isZero();
        }
        for (int i = 1; i <= 200_000; i++) {
            assertThat(sizes.put("places", i + "-" + i % 7, 5)).isEqualTo(i);
        }
    }
}
