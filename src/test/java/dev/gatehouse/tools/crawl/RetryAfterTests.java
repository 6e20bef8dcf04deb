package dev.gatehouse.tools.crawl;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTests {

    private static final Instant NOW = Instant.parse("2026-11-27T08:00:00Z");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "5 | 5",
                "0 | 0",
                "999999999999999999 | 86400",
                "Fri, 27 Nov 2026 08:00:10 GMT | 11",
                "Fri, 27 Nov 2026 07:00:00 GMT | 0"
            })
    void secondsOrDateIsRead(String value, long seconds) {
        assertThat(RetryAfter.parse(value, NOW)).contains(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "-1", "1.5", "Fri, 99 Nov 2026 08:00:10 GMT"})
    void anythingElseIsNone(String value) {
        assertThat(RetryAfter.parse(value, NOW)).isEmpty();
    }
}
