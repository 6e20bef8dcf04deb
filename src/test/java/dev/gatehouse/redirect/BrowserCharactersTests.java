package dev.gatehouse.redirect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.connector.ConnectorName;
import dev.gatehouse.testing.Http2Frames;
import dev.gatehouse.testing.RawHttp;
import dev.gatehouse.testing.RunningGatehouse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Characters that RFC 3986 does not allow in a URI and clients send raw (WHATWG URL, 1.3), over
 * HTTP/1.1 and HTTP/2, plain and TLS.
 */
class BrowserCharactersTests {

    private static final String FILE = "a[1]|^{}`.txt";

    private static RunningGatehouse gatehouse;

    @BeforeAll
    static void start(@TempDir Path site) throws IOException {
        Files.writeString(site.resolve(FILE), "text");
        Files.writeString(site.resolve("index.html"), "<!doctype html><title>Page</title>");
        gatehouse =
                RunningGatehouse.start(
                        "gatehouse.exemptions.loopback=false",
                        "gatehouse.redirect.https-port=443",
                        "gatehouse.redirect.hosts=www.example.com",
                        "gatehouse.site.root=file:" + site);
    }

    @AfterAll
    static void stop() {
        gatehouse.close();
    }

    /** Each character that RFC 3986 leaves out, alone and between others, and some real targets. */
    static Stream<String> targets() {
        Stream<String> queries =
                "\"<>[\\]^`{|}'"
                        .chars()
                        .mapToObj(c -> String.valueOf((char) c))
                        .flatMap(c -> Stream.of("/?" + c, "/?a=" + c + "&b", "/?a" + c + c + "=1"));
        Stream<String> paths =
                "\"<>[]^`{|}'"
                        .chars()
                        .mapToObj(c -> String.valueOf((char) c))
                        .flatMap(c -> Stream.of("/" + c, "/a" + c + "b", "/x/" + c + "?y=" + c));
        return Stream.of(
                        queries,
                        paths,
                        Stream.of("/a?f[]=1&x=a|b", "/" + FILE, "/?filter={\"a\":[1,2]}&r=a\\b"))
                .flatMap(s -> s);
    }

    @ParameterizedTest
    @MethodSource("targets")
    void redirectsByteForByteWhenTargetHoldsRawCharacters(String target) {
        assertThat(BadInput.textOf(gatehouse.http(request(target))))
                .isEqualTo("301 `https://www.example.com" + target + "`");
    }

    @ParameterizedTest
    @MethodSource("targets")
    void answersAlikeOverHttp1AndHttp2WhenTargetHoldsRawCharacters(String target)
            throws IOException {
        int expected = target.startsWith("/?") || target.equals("/" + FILE) ? 200 : 404;

        assertThat(gatehouse.https(request(target)).status()).isEqualTo(expected);
        assertThat(http2(target)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/\\a", "/a\\b", "/a%5cb", "/a#b", "/\u00e9"})
    void answers400OverHttp1AndHttp2WhenNoClientSendsPath(String target) throws IOException {
        assertThat(gatehouse.https(request(target)).status()).isEqualTo(400);
        assertThat(http2(target)).isEqualTo(400);
        assertThat(gatehouse.http(request(target)).status()).isEqualTo(400);
    }

    @Test
    void servesFileWhenNameHoldsRawCharacters() {
        assertThat(gatehouse.https(request("/" + FILE)).body()).isEqualTo("text");
    }

    private static String request(String target) {
        return RawHttp.request("GET " + target + " HTTP/1.1", "Host: www.example.com");
    }

    private static int http2(String target) throws IOException {
        try (Http2Frames connection = new Http2Frames(gatehouse.port(ConnectorName.HTTPS))) {
            connection.get(1, target);
            return connection.readStatus(1);
        }
    }
}
