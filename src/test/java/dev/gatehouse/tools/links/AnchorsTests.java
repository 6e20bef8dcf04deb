package dev.gatehouse.tools.links;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnchorsTests {

    private static final Anchors PAGE =
            Anchors.of(
                    List.of("one", "zwei-größe", "a b", "50%25", "user-content-install", "Case"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "one",
                "zwei-größe",
                "zwei-gr%C3%B6%C3%9Fe",
                "a%20b",
                "50%25",
                "Case",
                "",
                "top",
                "TOP",
                "t%6Fp",
                ":~:text=words",
                "one:~:text=words",
                "install",
                "/route",
                "!route"
            })
    void fragmentWhenThePageHasItIsFound(String fragment) {
        assertThat(PAGE.has(fragment)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"two", "One", "case", "a%2", "a%", "topp", "two:~:text=x", "%6Fn"})
    void fragmentWhenThePageHasItNotIsMissing(String fragment) {
        assertThat(PAGE.has(fragment)).isFalse();
    }
}
