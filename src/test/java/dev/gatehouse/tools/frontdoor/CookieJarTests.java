package dev.gatehouse.tools.frontdoor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.tools.outbound.HttpUrl;
import dev.gatehouse.tools.outbound.RawResponse;
import dev.gatehouse.tools.outbound.Scheme;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CookieJarTests {

    private static final HttpUrl URL = HttpUrl.of(Scheme.HTTPS, "www.site.test", "/");

    private final CookieJar jar = new CookieJar(Clock.systemUTC());

    @ParameterizedTest
    @ValueSource(strings = {"a=b\rX-Injected: 1", "a\rb=c", "a=b\0c", "a=b\u007fc"})
    void storeWhenACookieHasControlCharactersIgnoresIt(String field) {
        store(field);

        assertThat(jar.text(URL)).isEmpty();
    }

    @Test
    void storeWhenACookieHasNoneKeepsIt() {
        store("a=b\tc");
        store("d=\u00c3\u0085");

        assertThat(jar.text(URL)).isEqualTo("a=b\tc; d=\u00c3\u0085");
    }

    private void store(String field) {
        jar.store(
                URL, new RawResponse(200, "HTTP/1.1 200 OK", List.of("Set-Cookie: " + field), ""));
    }
}
