package dev.gatehouse.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.samskivert.mustache.Mustache;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The home page is a file, for speed, and yet has the head and foot of the pages with data. */
class HomePageTests {

    private static final List<NavigationLink> TOOLS =
            List.of(new NavigationLink("/tools", "Tools"));

    @ParameterizedTest
    @ValueSource(strings = {"nav", "foot"})
    void homeWhenComparedWithTheTemplatesHasTheSamePart(String part) throws IOException {
        assertThat(text("/site/index.html"))
                .contains(
                        Mustache.compiler()
                                .compile(text("/templates/" + part + ".mustache"))
                                .execute(Map.of("navigation", TOOLS)));
    }

    private static String text(String name) throws IOException {
        try (InputStream in =
                Objects.requireNonNull(HomePageTests.class.getResourceAsStream(name))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
