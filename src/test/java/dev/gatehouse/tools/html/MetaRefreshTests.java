package dev.gatehouse.tools.html;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetaRefreshTests {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "0; url=a            | a",
                "0;url=a             | a",
                "0,url=a             | a",
                "0 url=a             | a",
                "0 a                 | a",
                "0;a                 | a",
                "0 ; URL = a         | a",
                "` 0 ; url= a`       | a",
                "0; url='a b' c      | a b",
                "0; url=\"a'b\"      | a'b",
                "0; 'a' b            | a",
                "0; url='a           | a",
                "0; url=             | ``",
                "0; urla             | urla",
                "0; url a            | url a",
                "0; ur=a             | ur=a",
                "1.5; url=a          | a",
                ".5; url=a           | a",
                "1.2.3; url=a        | a",
                "0;;url=a            | ;url=a",
                "0;, url=a           | , url=a",
            })
    void urlWhenContentIsValidIsThis(String content, String expected) {
        assertThat(MetaRefresh.url(content)).hasValue(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "5",
                "5;",
                "` 5 , `",
                "``",
                "url=a",
                "-1; url=a",
                "+1; url=a",
                "0x; url=a",
                "0url=a"
            })
    void urlWhenContentIsInvalidOrReloadsIsNone(String content) {
        assertThat(MetaRefresh.url(content)).isEmpty();
    }
}
