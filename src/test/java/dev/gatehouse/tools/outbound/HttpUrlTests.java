package dev.gatehouse.tools.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The http and https cases of web-platform-tests: test data, licence and source in src/test. */
class HttpUrlTests {

    record Case(String input, @Nullable String base, JsonNode expected) {

        @Override
        public String toString() {
            return input + " against " + base;
        }
    }

    static Stream<Case> webPlatformTests() throws IOException {
        JsonNode cases = read("urltestdata.json");
        return StreamSupport.stream(cases.spliterator(), false)
                .filter(JsonNode::isObject)
                .map(
                        c ->
                                new Case(
                                        c.get("input").asString(),
                                        c.get("base").isNull() ? null : c.get("base").asString(),
                                        c))
                .filter(HttpUrlTests::isHttp);
    }

    /** Leads to http or https, or would have. */
    private static boolean isHttp(Case c) {
        String text = c.input().strip().toLowerCase(Locale.ROOT);
        boolean named = text.matches("(?s)https?:.*");
        boolean other = text.matches("(?s)[a-z][a-z0-9+.-]*:.*") && !named;
        boolean based = c.base() != null && c.base().matches("(?s)https?:.*");
        return c.expected().has("failure")
                ? (named && c.base() == null) || (based && !other)
                : c.expected().get("protocol").asString().matches("https?:");
    }

    @ParameterizedTest
    @MethodSource("webPlatformTests")
    void referenceWhenResolvedIsAsBrowsersHaveIt(Case c) {
        Optional<HttpUrl> base =
                Optional.ofNullable(c.base()).map(HttpUrl::parse).flatMap(HttpUrlTests::http);
        HttpUrl.Resolved resolved =
                base.map(b -> b.resolve(c.input())).orElseGet(() -> HttpUrl.parse(c.input()));

        if (c.expected().has("failure")) {
            assertThat(resolved).isInstanceOf(HttpUrl.Invalid.class);
            return;
        }
        HttpUrl url = http(resolved).orElseThrow();
        assertThat(url).hasToString(c.expected().get("href").asString());
        assertThat(url.authority()).isEqualTo(c.expected().get("host").asString());
        assertThat(url.path()).isEqualTo(c.expected().get("pathname").asString());
    }

    private static Optional<HttpUrl> http(HttpUrl.Resolved resolved) {
        return resolved instanceof HttpUrl.Http(var url) ? Optional.of(url) : Optional.empty();
    }

    static Stream<JsonNode> domainNames() throws IOException {
        return StreamSupport.stream(read("toascii.json").spliterator(), false)
                .filter(JsonNode::isObject);
    }

    @ParameterizedTest
    @MethodSource("domainNames")
    void hostWhenInternationalIsAsBrowsersHaveIt(JsonNode name) {
        Optional<String> host = Host.parse(name.get("input").asString());

        assertThat(host)
                .isEqualTo(
                        name.get("output").isNull()
                                ? Optional.empty()
                                : Optional.of(name.get("output").asString()));
    }

    /** Each of these is another site, or none, by IDNA 2003. */
    @ParameterizedTest
    @CsvSource({
        "faß.de, xn--fa-hia.de",
        "βόλος.com, xn--nxasmm1c.com",
        "نامه\u200cای.com, xn--mgba3gch31f060k.com",
        "💩.la, xn--ls8h.la",
        "bücher.test, xn--bcher-kva.test"
    })
    void nameWhenItIsNotAsciiIsConvertedByUts46(String name, String ascii) {
        assertThat(DomainName.toAscii(name)).contains(ascii);
    }

    @Test
    void nameWhenItIsAsciiNeedsNoIcu() {
        assertThat(DomainName.toAscii("WWW.Example.TEST")).contains("www.example.test");
        assertThat(DomainName.class.getDeclaredClasses()).hasSize(1); // the one that loads it
    }

    private static JsonNode read(String file) throws IOException {
        try (InputStream in =
                HttpUrlTests.class.getResourceAsStream("/web-platform-tests/" + file)) {
            return JsonMapper.shared().readTree(Objects.requireNonNull(in));
        }
    }
}
