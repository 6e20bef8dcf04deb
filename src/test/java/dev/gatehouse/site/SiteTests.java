package dev.gatehouse.site;

import static dev.gatehouse.testing.RawHttp.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.aayushatharva.brotli4j.decoder.Decoder;
import dev.gatehouse.testing.RawHttp.Response;
import dev.gatehouse.testing.RunningGatehouse;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerResponse;

/** A user's own folder, mounted in place of the built-in site. */
class SiteTests {

    @TempDir private static Path folder;

    private static Path root;

    private static RunningGatehouse gatehouse;

    @BeforeAll
    static void start() throws IOException {
        root = Files.createDirectory(folder.resolve("site"));
        Files.writeString(root.resolve("index.html"), "<h1>Home</h1>");
        Files.createDirectories(root.resolve("docs"));
        Files.writeString(root.resolve("docs/index.html"), "<h1>Docs</h1>");
        Files.writeString(root.resolve("style.css"), "body {}");
        Files.writeString(root.resolve("app.js"), "1");
        Files.writeString(root.resolve("notes.txt"), "0123456789");
        Files.write(root.resolve("pixel.png"), new byte[] {1});
        Files.createDirectories(root.resolve("..data"));
        Files.writeString(root.resolve("..data/secret.html"), "hidden");
        Files.createDirectories(root.resolve(".well-known"));
        Files.writeString(root.resolve(".well-known/security.txt"), "Contact: us");
        Files.writeString(root.resolve("long.txt"), "0123456789".repeat(1000));
        Files.writeString(root.resolve("app-0123abcd.js"), "1");
        Files.writeString(root.resolve("café menu.txt"), "espresso");
        Files.write(root.resolve("large.bin"), new byte[2_000_000]);
        Files.setLastModifiedTime(
                Files.writeString(root.resolve("future.txt"), "future"),
                FileTime.from(Instant.parse("2040-01-01T00:00:00Z")));
        Files.write(root.resolve("drawing.svgz"), gzip("<svg/>".repeat(100_000)));
        Files.writeString(root.resolveSibling("outside.txt"), "outside");
        gatehouse =
                RunningGatehouse.startWith(
                        new Class<?>[] {Broken.class}, "gatehouse.site.root=file:" + root);
    }

    @AfterAll
    static void stop() {
        gatehouse.close();
    }

    @ParameterizedTest
    @CsvSource({
        "/, text/html;charset=utf-8, <h1>Home</h1>",
        "/index.html, text/html;charset=utf-8, <h1>Home</h1>",
        "/docs/, text/html;charset=utf-8, <h1>Docs</h1>",
        "/style.css, text/css;charset=utf-8, body {}",
        "/app.js, text/javascript;charset=utf-8, 1",
        "/notes.txt, text/plain;charset=utf-8, 0123456789",
        "/.well-known/security.txt, text/plain;charset=utf-8, Contact: us"
    })
    void fileWhenAskedForHasItsTypeAndContent(String path, String type, String content) {
        Response answer = get(path);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).contains(type);
        assertThat(answer.body()).isEqualTo(content);
        assertThat(answer.header("Set-Cookie")).isEmpty();
    }

    @Test
    void imageWhenAskedForHasItsType() {
        assertThat(get("/pixel.png").header("Content-Type")).contains("image/png");
    }

    @Test
    void folderWhenItsSlashIsMissingIsSentToTheOneWithIt() {
        Response answer = get("/docs?a=b");

        assertThat(answer.status()).isEqualTo(301);
        assertThat(answer.header("Location")).contains("/docs/?a=b");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/nowhere",
                "/..data/secret.html",
                "/docs/nowhere.html",
                "/error/",
                "/%2e%2e/outside.txt",
                "/docs/../../outside.txt",
                "/..%2foutside.txt",
                "/docs/..%2f..%2foutside.txt"
            })
    void pathWhenNothingOfTheSiteIsThereGivesNothingAway(String path) {
        Response answer = get(path);

        assertThat(answer.status()).isIn(400, 404);
        assertThat(answer.body()).doesNotContain("hidden", "outside");
    }

    @Test
    void pageWhenNotFoundIsDecent() {
        Response answer =
                gatehouse.https(
                        request(
                                "GET /nowhere HTTP/1.1",
                                "Host: localhost",
                                "Accept: text/html",
                                "Connection: close"));

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.body()).contains("There is no page here");
        assertThat(get("/error/error.css").status()).isEqualTo(200);
    }

    @Test
    void pageWhenSomethingBreaksIsDecentAndTellsNothing() {
        Response answer =
                gatehouse.https(
                        request("GET /broken HTTP/1.1", "Host: localhost", "Accept: text/html"));

        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.body())
                .contains("Something broke on our side")
                .doesNotContain("IllegalState", "at dev.gatehouse");
    }

    @Test
    void fileWhenUnchangedIsNotSentAgain() {
        Response first = get("/notes.txt");
        String etag = first.header("ETag").orElseThrow();
        String modified = first.header("Last-Modified").orElseThrow();

        assertThat(get("/notes.txt", "If-None-Match: " + etag).status()).isEqualTo(304);
        assertThat(get("/notes.txt", "If-Modified-Since: " + modified).status()).isEqualTo(304);
        assertThat(get("/notes.txt", "If-None-Match: \"other\"").status()).isEqualTo(200);
    }

    @Test
    void fileWhenARangeIsAskedForSendsThatRange() {
        Response answer = get("/notes.txt", "Range: bytes=2-4");

        assertThat(answer.status()).isEqualTo(206);
        assertThat(answer.body()).isEqualTo("234");
        assertThat(answer.header("Content-Range")).contains("bytes 2-4/10");
    }

    @Test
    void fileWhenAskedForByHeadHasNoBody() {
        Response answer = gatehouse.https(request("HEAD /notes.txt HTTP/1.1", "Host: localhost"));

        assertThat(answer.header("Content-Length")).contains("10");
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void fileWhenARangeOfAnOlderVersionIsAskedForIsSentWhole() {
        Response answer = get("/notes.txt", "Range: bytes=2-4", "If-Range: \"other\"");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("0123456789");
    }

    @Test
    void fileWhenTheRangeIsBeyondItsEndSaysHowLongItIs() {
        Response answer = get("/notes.txt", "Range: bytes=10-");

        assertThat(answer.status()).isEqualTo(416);
        assertThat(answer.header("Content-Range")).contains("bytes */10");
    }

    @Test
    void fileWhenSeveralRangesAreAskedForSendsThemAsParts() {
        Response answer = get("/long.txt", "Range: bytes=-3,0-1");

        assertThat(answer.status()).isEqualTo(206);
        assertThat(answer.header("Content-Range")).isEmpty();
        String type = answer.header("Content-Type").orElseThrow();
        assertThat(type).startsWith("multipart/byteranges; boundary=");
        String boundary = type.substring(type.indexOf('=') + 1);
        assertThat(answer.body())
                .isEqualTo(
                        String.join(
                                "\r\n",
                                "--" + boundary,
                                "Content-Type: text/plain;charset=utf-8",
                                "Content-Range: bytes 9997-9999/10000",
                                "",
                                "789",
                                "--" + boundary,
                                "Content-Type: text/plain;charset=utf-8",
                                "Content-Range: bytes 0-1/10000",
                                "",
                                "01",
                                "--" + boundary + "--",
                                ""));
        assertThat(get("/drawing.svgz", "Range: bytes=-1,0-0").status()).isEqualTo(200);
    }

    @Test
    void fileWhenTheLastByteOfTheRangeIsAVeryLargeNumberSendsTheRest() {
        Response answer = get("/notes.txt", "Range: bytes=1-99999999999999999999");

        assertThat(answer.status()).isEqualTo(206);
        assertThat(answer.header("Content-Range")).contains("bytes 1-9/10");
    }

    @Test
    void fileWhenItsRangeIsThereTwiceOrAskedForByHeadIsWhole() {
        assertThat(get("/notes.txt", "Range: bytes=1-2", "Range: bytes=1-2").status())
                .isEqualTo(200);
        Response head =
                gatehouse.https(
                        request("HEAD /notes.txt HTTP/1.1", "Host: localhost", "Range: bytes=1-2"));
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.header("Content-Length")).contains("10");
    }

    @Test
    void fileWhenItsDateIsInTheFutureIsNotModifiedAfterTheAnswer() {
        Response answer = get("/future.txt");

        assertThat(seconds(answer, "Last-Modified")).isLessThanOrEqualTo(seconds(answer, "Date"));
    }

    private static long seconds(Response answer, String name) {
        return HttpDate.parse(answer.header(name).orElseThrow()).orElseThrow();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "gzip | gzip",
                "gzip, deflate, br, zstd | br",
                "br | br",
                "br;q=1, gzip;q=0.5 | br",
                "br;q=0.5, gzip;q=0.8 | gzip",
                "br;q=0, gzip | gzip",
                "x-br, gzip | gzip",
                "* | gzip",
                "*;q=0.1 | gzip"
            })
    void textWhenTheClientTakesACodingIsCompressedUnderAnotherEtag(String accepted, String coding) {
        Response answer = get("/long.txt", "Accept-Encoding: " + accepted);

        assertThat(answer.header("Content-Encoding")).contains(coding);
        assertThat(answer.header("Vary")).contains("Accept-Encoding");
        assertThat(answer.header("ETag")).isNotEqualTo(get("/long.txt").header("ETag"));
        assertThat(answer.body().length()).isLessThan(1000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"zstd", "gzip;q=0", "identity", "*;q=0", "brotli", "br;q=0"})
    void textWhenTheClientTakesNoCodingOfOursIsSentAsItIs(String accepted) {
        Response answer = get("/long.txt", "Accept-Encoding: " + accepted);

        assertThat(answer.header("Content-Encoding")).isEmpty();
        assertThat(answer.body()).hasSize(10_000);
    }

    @Test
    void textWhenBrotliIsTakenIsTheSameText() throws IOException {
        Response answer = get("/long.txt", "Accept-Encoding: br");

        byte[] compressed = answer.body().getBytes(StandardCharsets.ISO_8859_1);
        assertThat(Decoder.decompress(compressed).getDecompressedData())
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("0123456789".repeat(1000));
    }

    @ParameterizedTest
    @ValueSource(strings = {"br, gzip", "identity", "gzip;q=0"})
    void fileWhenCompressedAlreadySaysSoAndIsSentAsItIs(String accepted) throws IOException {
        Response answer = get("/drawing.svgz", "Accept-Encoding: " + accepted);

        assertThat(answer.header("Content-Type")).contains("image/svg+xml;charset=utf-8");
        assertThat(answer.header("Content-Encoding")).contains("gzip");
        assertThat(answer.body().getBytes(StandardCharsets.ISO_8859_1))
                .isEqualTo(gzip("<svg/>".repeat(100_000)));
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    @Test
    void textWhenCompressedAndUnchangedIsNotSentAgain() {
        for (String coding : new String[] {"br", "gzip"}) {
            String accepted = "Accept-Encoding: " + coding;
            String etag = get("/long.txt", accepted).header("ETag").orElseThrow();

            Response answer = get("/long.txt", accepted, "If-None-Match: " + etag);

            assertThat(answer.status()).isEqualTo(304);
            assertThat(answer.header("ETag")).contains(etag);
            assertThat(answer.header("Vary")).contains("Accept-Encoding");
            assertThat(get("/long.txt", "If-None-Match: " + etag).status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "If-None-Match: * | 304",
                "If-None-Match: W/\"x\", \"y\" | 200",
                "If-Match: \"other\" | 412",
                "If-Unmodified-Since: Thu, 01 Jan 1970 00:00:01 GMT | 412",
                "If-Modified-Since: Thu, 01 Jan 1970 00:00:01 GMT | 200",
                "If-Match: ETAG, If-Unmodified-Since: EPOCH, Range: bytes=0-0 | 206",
                "If-Unmodified-Since: NOW, If-None-Match: ETAG | 304",
                "If-None-Match: \"x\", If-None-Match: W/ETAG | 304",
                "If-Match: W/ETAG | 412",
                "Range: bytes=0-0, If-Range: ETAG | 206",
                "Range: bytes=0-0, If-Range: W/ETAG | 200"
            })
    void fileWhenAConditionIsGivenIsAnsweredByIt(String condition, int status) {
        String etag = get("/notes.txt").header("ETag").orElseThrow();
        String[] lines =
                condition
                        .replace("EPOCH", "Thu, 01 Jan 1970 00:00:01 GMT")
                        .replace("NOW", "Thu, 31 Dec 2099 00:00:01 GMT")
                        .replace("ETAG", etag)
                        .split(", (?=If|Range)");

        assertThat(get("/notes.txt", lines).status()).isEqualTo(status);
    }

    @Test
    void fileWhenServedIsNotObservedAndAMissingOneIs() {
        long before = observations();
        for (int i = 0; i < 50; i++) {
            get("/notes.txt");
        }
        // Of an earlier test's request, one may come late.
        assertThat(observations()).isLessThan(before + 10);

        for (int i = 0; i < 10; i++) {
            get("/nowhere");
        }
        await().until(() -> observations() >= before + 10);
    }

    private static long observations() {
        return gatehouse.bean(MeterRegistry.class).find("http.server.requests").timers().stream()
                .mapToLong(Timer::count)
                .sum();
    }

    @Test
    void largeFileWhenAskedForIsReadFromDisk() {
        assertThat(get("/large.bin").body()).hasSize(2_000_000);
        assertThat(get("/large.bin", "Range: bytes=1999998-").body()).hasSize(2);
        assertThat(get("/large.bin").header("Content-Type")).contains("application/octet-stream");
    }

    @Test
    void fileWhenItsNameHasAFingerprintNeverChanges() {
        assertThat(get("/app-0123abcd.js").header("Cache-Control"))
                .contains("public, max-age=31536000, immutable");
        assertThat(get("/app.js").header("Cache-Control")).contains("no-cache");
    }

    @Test
    void fileWhenItsNameNeedsEncodingIsFound() {
        assertThat(get("/caf%C3%A9%20menu.txt").body()).isEqualTo("espresso");
    }

    @Test
    void methodWhenNotAllowedSaysWhichAre() {
        Response answer =
                gatehouse.https(
                        request("PUT /notes.txt HTTP/1.1", "Host: localhost", "Content-Length: 0"));

        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.header("Allow")).contains("GET, HEAD, OPTIONS");
    }

    @Test
    void siteWhenAFileChangesServesItWhole() throws IOException {
        for (String text : new String[] {"first", "second"}) {
            Path next = root.resolve(".next");
            Files.writeString(next, text);
            Files.move(next, root.resolve("changing.txt"), StandardCopyOption.REPLACE_EXISTING);

            await().until(() -> get("/changing.txt").body().equals(text));
        }
        Files.delete(root.resolve("changing.txt"));
        await().until(() -> get("/changing.txt").status() == 404);
    }

    @Test
    void pageWhenServedHasTheSecurityHeaders() {
        Response answer = get("/");

        assertThat(answer.header("X-Content-Type-Options")).contains("nosniff");
        assertThat(answer.header("Referrer-Policy")).isPresent();
        assertThat(answer.header("Content-Security-Policy"))
                .as("a policy might break a site that we do not know")
                .isEmpty();
    }

    private static Response get(String path, String... headers) {
        String extra = headers.length == 0 ? "" : "\r\n" + String.join("\r\n", headers);
        return gatehouse.https(request("GET " + path + " HTTP/1.1", "Host: localhost" + extra));
    }

    @Configuration(proxyBeanMethods = false)
    static class Broken {

        @Bean
        RouterFunction<ServerResponse> broken() {
            return RouterFunctions.route()
                    .GET(
                            "/broken",
                            request -> {
                                throw new IllegalStateException("on purpose");
                            })
                    .build();
        }
    }
}
