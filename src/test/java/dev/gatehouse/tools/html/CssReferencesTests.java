package dev.gatehouse.tools.html;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CssReferencesTests {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "@import 'a.css';                          | IMPORT a.css",
                "@import url(a.css) screen;                | IMPORT a.css",
                "@IMPORT url(\"a.css\") layer(x);          | IMPORT a.css",
                "a { background: url(b.png) }              | IMAGE b.png",
                "a { background: url( 'b.png' ), url(c) }  | IMAGE b.png, IMAGE c",
                "a { background: src('b.png') }            | IMAGE b.png",
                "@font-face { src: url(f.woff2) format('woff2') } a { b: url(c) } |"
                        + " FONT f.woff2, IMAGE c",
                "@font-face { src: local('x'), url(f) } @font-face { src: url(g) } |"
                        + " FONT f, FONT g",
                "@media print { a { b: url(c) } }          | IMAGE c",
                "a { b: image-set('c.avif' type('image/avif'), url(d.png) 2x) } |"
                        + " IMAGE c.avif, IMAGE d.png",
                "a { b: image-set(url('c') 1x, 'd' 2x); e: url(f) } |"
                        + " IMAGE c, IMAGE d, IMAGE f",
                "@namespace url(http://www.w3.org/1999/xhtml); a { b: url(c) } | IMAGE c",
                "/* url(a.png) */ b { content: 'url(c.png)' } | ``",
                "a { clip-path: url(#shape); b: url(); c: url('') } | ``",
                "a { b: url(c d) ; e: url(f) }             | IMAGE f",
                "a { --b: url(c) }                         | IMAGE c",
            })
    void styleSheetWhenReadHasTheseReferences(String css, String expected) {
        List<String> found = new ArrayList<>();
        CssReferences.forEach(
                css, reference -> found.add(reference.kind() + " " + reference.url()));
        assertThat(String.join(", ", found)).isEqualTo(expected);
    }

    @Test
    void referenceWhenFoundHasItsPosition() {
        List<String> found = new ArrayList<>();
        CssReferences.forEach(
                "@import 'a';\r\nb {\n  c: url('d'), url(e)\n}",
                reference ->
                        found.add(
                                reference.url()
                                        + " "
                                        + reference.line()
                                        + ":"
                                        + reference.column()));
        assertThat(found).containsExactly("a 1:9", "d 3:6", "e 3:16");
    }
}
