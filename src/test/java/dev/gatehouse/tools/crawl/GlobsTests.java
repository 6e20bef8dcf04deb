package dev.gatehouse.tools.crawl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.gatehouse.tools.outbound.HttpUrl;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobsTests {

    @ParameterizedTest
    @CsvSource({
        "/blog/*, /blog/one, true",
        "/blog/*, /blog/, true",
        "/blog/*, /blog/one/two, false",
        "/blog/**, /blog/one/two?page=2, true",
        "/blog/**, /news/blog/one, false",
        "**/blog/*, /news/blog/one, true",
        "https://site.test/*.pdf, /a.pdf, true",
        "https://site.test/*.pdf, /a/b.pdf, false",
        "https://*.test/**, /a/b, true",
        "http://**, /a, false",
        "/a?b=*, /a?b=1, true",
        "/a?b=*, /axb=1, false",
        "/a.c, /abc, false",
        "/*a*, /bab, true",
        "/***, /a/b, true",
        "/, /, true",
        "/, /a, false",
        "/a%20b, /a b, true"
    })
    void urlIsMatched(String pattern, String path, boolean matches) {
        assertThat(Globs.of(List.of(pattern)).match(url(path))).isEqualTo(matches);
    }

    private static HttpUrl url(String path) {
        return ((HttpUrl.Http) HttpUrl.parse("https://site.test" + path)).url();
    }

    @Test
    void fragmentIsNotMatched() {
        assertThat(Globs.of(List.of("/a")).match(url("/a#b"))).isTrue();
    }

    @Test
    void noPatternMatchesNothing() {
        assertThat(Globs.NONE.match(url("/"))).isFalse();
    }

    @Test
    void patternsWhenTooManyOrTooLongAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Globs.of(Collections.nCopies(21, "/a")))
                .withMessage("There are more than 20 patterns.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Globs.of(List.of("a".repeat(201))))
                .withMessage("A pattern has 1 to 200 characters.");
        assertThatIllegalArgumentException().isThrownBy(() -> Globs.of(List.of("")));
    }

    /** A pattern that makes a backtracking matcher take as good as forever. */
    @Test
    @Timeout(60)
    void hostilePatternIsMatchedInLinearTime() {
        Globs globs = Globs.of(Collections.nCopies(20, "/" + "**a".repeat(60) + "b"));
        HttpUrl url = url("/" + "a".repeat(2000));

        assertThat(globs.match(url)).isFalse();
    }
}
