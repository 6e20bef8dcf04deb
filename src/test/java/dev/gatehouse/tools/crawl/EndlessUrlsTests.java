package dev.gatehouse.tools.crawl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.tools.outbound.HttpUrl;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EndlessUrlsTests {

    private static HttpUrl url(String path) {
        return ((HttpUrl.Http) HttpUrl.parse("https://site.test" + path)).url();
    }

    @ParameterizedTest
    @CsvSource({
        "/a;jsessionid=1F, /a",
        "/a?sid=1, /a",
        "/a?PHPSESSID=1&b=2, /a?b=2",
        "/a?b=2&session_id=1#c, /a?b=2",
        "/a?sidebar=1, /a?sidebar=1",
        "/a?, /a?",
        "/a?b;c, /a?b;c",
        "/a;b=c, /a;b=c"
    })
    void sessionIdMakesNoOtherUrl(String path, String key) {
        assertThat(EndlessUrls.key(url(path))).isEqualTo("https://site.test" + key);
    }

    @ParameterizedTest
    @CsvSource({
        "/a/b/a/b/a/b/a/b/a/b, true",
        "/a/a/a/a/a/a/a/a/a/a, true",
        "/a/b/c/d/e/f/g/h/i/j, false",
        "/2026/2026/2026/2026, false"
    })
    void pathThatRepeatsItselfIsEndless(String path, boolean endless) {
        assertThat(EndlessUrls.isEndless(url(path))).isEqualTo(endless);
    }

    @Test
    void urlWhenVeryLongIsEndless() {
        assertThat(EndlessUrls.isEndless(url("/" + "a".repeat(2049)))).isTrue();
    }

    @Test
    void pagesOfACalendarBecomeOneOfMany() {
        EndlessUrls urls = new EndlessUrls();

        assertThat(IntStream.range(0, 100).mapToObj(i -> url("/calendar/2026/" + i)))
                .noneMatch(urls::isOneOfMany);
        assertThat(urls.isOneOfMany(url("/calendar/2027/1"))).isTrue();
        assertThat(urls.isOneOfMany(url("/other/2027/1"))).isFalse();
        assertThat(urls.isOneOfMany(url("/calendar"))).isFalse();
    }
}
