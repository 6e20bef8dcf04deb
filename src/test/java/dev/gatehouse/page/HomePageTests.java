package dev.gatehouse.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The home page is a file, for speed, and yet has the head and foot of the pages with data. */
class HomePageTests {

    @ParameterizedTest
    @ValueSource(strings = {"nav", "foot"})
    void homeWhenComparedWithTheTemplatesHasTheSamePart(String part) throws IOException {
        assertThat(text("/site/index.html")).contains(text("/templates/" + part + ".mustache"));
    }

    private static String text(String name) throws IOException {
        try (InputStream in =
                Objects.requireNonNull(HomePageTests.class.getResourceAsStream(name))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
