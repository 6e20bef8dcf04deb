package dev.gatehouse.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpDateTests {

    private static final Instant NOW = Instant.parse("2026-11-27T03:00:00Z");

    @Test
    void lastModifiedWhenInThePastIsInWholeSeconds() {
        HttpDate date = HttpDate.lastModified(Instant.parse("1994-11-06T08:49:37.9Z"), NOW);

        assertThat(date.text()).isEqualTo("Sun, 06 Nov 1994 08:49:37 GMT");
        assertThat(HttpDate.parse(date.text())).hasValue(date.seconds());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"2026-11-27T03:00:00Z", "2040-01-01T00:00:00Z", "+99999-01-01T00:00:00Z"})
    void lastModifiedWhenInTheFutureIsBeforeNow(Instant modified) {
        assertThat(HttpDate.lastModified(modified, NOW).text())
                .isEqualTo("Fri, 27 Nov 2026 02:59:59 GMT");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0",
                "-1",
                "Mon, 06 Nov 1994 08:49:37 GMT",
                "Sun, 6 Nov 1994 08:49:37 GMT",
                "Sun, 06 Nov 1994 08:49:37 +0000",
                "1994-11-06T08:49:37Z",
                "sunday"
            })
    void dateWhenItHasNoFormOfHttpIsNone(String text) {
        assertThat(HttpDate.parse(text)).isEmpty();
    }
}
