package dev.gatehouse.tools.links;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.tools.outbound.HttpUrl;
import dev.gatehouse.tools.outbound.Scheme;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageSignatureTests {

    private static final String NAVIGATION =
            "<nav>Home Products About us Contact imprint privacy careers press blog</nav>";

    private final PageSignature home = page("/", "<p>Welcome to the shop of many things");
    private final PageSignature missing =
            page("/xq7", "<p>Sorry, the page /xq7 was not found. Please try the search.");

    @Test
    void similarityWhenBothPagesSayTheSameIsHighWhateverTheirPaths() {
        PageSignature other =
                page(
                        "/gone-away",
                        "<p>Sorry, the page /gone-away was not found. Please try the search.");
        assertThat(missing.similarity(other, home).orElseThrow()).isGreaterThan(0.9);
    }

    /** The path of the probe is random: letters of it may be a word by chance. */
    @ParameterizedTest
    @ValueSource(
            strings = {"/sorrythepagewasnot", "/searchtry", "/deep/down/gone", "/g%C3%B6ne-away"})
    void similarityWhenThePathHasLettersOfTheTextIsHigh(String path) {
        PageSignature other =
                page(
                        path,
                        "<p>Sorry, the page "
                                + Anchors.decoded(path)
                                + " was not found. Please try the search.");
        assertThat(missing.similarity(other, home).orElseThrow()).isEqualTo(1);
    }

    @Test
    void similarityWhenOnlyTheTemplateIsTheSameIsLow() {
        PageSignature other = page("/shoe", "<p>A shoe in red and blue.");
        assertThat(missing.similarity(other, home).orElseThrow()).isLessThan(0.2);
        assertThat(missing.isSameAs(other)).isFalse();
    }

    @Test
    void similarityWhenEveryPathShowsTheStartPageIsUnknown() {
        PageSignature anything = page("/xq7", "<p>Welcome to the shop of many things");
        assertThat(anything.similarity(page("/shoe", "<p>Other"), home)).isEmpty();
    }

    @Test
    void pagesWhenLongAreComparedBySamples() {
        StringBuilder words = new StringBuilder("<p>");
        for (int i = 0; i < 30_000; i++) {
            words.append(Integer.toString(i, 26).replaceAll("[0-9]", "z")).append(' ');
        }
        PageSignature one = page("/a", words.toString());
        assertThat(one.isSameAs(page("/b", words + " and more"))).isTrue();
        assertThat(one.isSameAs(page("/b", words.reverse().toString()))).isFalse();
    }

    @Test
    void pagesWithoutTextAreTheSame() {
        HttpUrl url = HttpUrl.of(Scheme.HTTPS, "a.test", "/");
        PageSignature empty = PageSignature.of(url, Jsoup.parse(""));
        assertThat(empty.isSameAs(PageSignature.EMPTY)).isTrue();
        assertThat(empty.isSameAs(home)).isFalse();
    }

    private static PageSignature page(String path, String html) {
        return PageSignature.of(
                HttpUrl.of(Scheme.HTTPS, "a.test", path), Jsoup.parse(NAVIGATION + html));
    }
}
