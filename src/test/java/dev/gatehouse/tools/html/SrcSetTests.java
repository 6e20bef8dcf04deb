package dev.gatehouse.tools.html;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rules of HTML's "parsing a srcset attribute", with a space for each line break. */
class SrcSetTests {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a.png                      | a.png",
                "a.png 1x, b.png 2x         | a.png b.png",
                "a.png 100w,b.png 200w      | a.png b.png",
                "a.png,b.png                | a.png,b.png",
                "a.png, b.png               | a.png b.png",
                "` ,, a.png ,, `            | a.png",
                "a.png,,,                   | a.png",
                "a.png,,, b.png             | a.png b.png",
                "data:,a ( , data:,b 1x, ), data:,c | data:,c",
                "data:,a ( ( data:,b 1x, ), data:,c | data:,c",
                "a.png (, b.png             | ``",
                "a.png (x) 1x, b.png        | b.png",
                "a.png 1x 1x, b.png         | b.png",
                "a.png 1w 1x, b.png         | b.png",
                "a.png 1x 1w, b.png         | b.png",
                "a.png 1h, b.png            | b.png",
                "a.png 1h 1w, b.png         | a.png b.png",
                "a.png 1w 1h, b.png         | a.png b.png",
                "a.png 1h 1x, b.png         | b.png",
                "a.png 0w, b.png            | b.png",
                "a.png -1w, b.png           | b.png",
                "a.png 1.0w, b.png          | b.png",
                "a.png 0x, b.png            | a.png b.png",
                "a.png -0x, b.png           | a.png b.png",
                "a.png -1x, b.png           | b.png",
                "a.png 1e3x, b.png          | a.png b.png",
                "a.png 1e-3x, b.png         | a.png b.png",
                "a.png .5x, b.png           | a.png b.png",
                "a.png 1.x, b.png           | b.png",
                "a.png +1x, b.png           | b.png",
                "a.png 1ex, b.png           | b.png",
                "a.png x, b.png             | b.png",
                "a.png NaNx, b.png          | b.png",
                "a.png Infinityx, b.png     | b.png",
                "a.png 0x1x, b.png          | b.png",
                "a.png 1X, b.png            | b.png",
                "a.png 1y, b.png            | b.png",
                "``                         | ``",
                "` , `                      | ``",
            })
    void candidatesWhenReadAreTheValidOnes(String text, String expected) {
        assertThat(String.join(" ", SrcSet.urls(text))).isEqualTo(expected);
    }

    @Test
    void candidatesWhenSeparatedByTabsAndLineEndsAreRead() {
        assertThat(SrcSet.urls("\n\ta.png\t1x,\r\n\fb.png\f2x\n"))
                .containsExactly("a.png", "b.png");
        assertThat(SrcSet.urls("a\u00a0b\u000bc 1x")).containsExactly("a\u00a0b\u000bc");
    }
}
