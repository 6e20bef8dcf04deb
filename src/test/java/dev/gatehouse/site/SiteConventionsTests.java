package dev.gatehouse.site;

import static dev.gatehouse.testing.RawHttp.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testing.RawHttp.Response;
import dev.gatehouse.testing.RunningGatehouse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages of one's own for errors, clean URLs, a fallback, headers and redirects. */
class SiteConventionsTests {

    private static final String HTML = "Accept: text/html";

    @TempDir private static Path root;

    private static RunningGatehouse gatehouse;

    @BeforeAll
    static void start() throws IOException {
        Files.writeString(root.resolve("index.html"), "app");
        Files.writeString(root.resolve("404.html"), "not here");
        Files.writeString(root.resolve("about.html"), "about");
        Files.writeString(root.resolve("team.html"), "team");
        Files.createDirectories(root.resolve("team"));
        Files.writeString(root.resolve("team/index.html"), "folder");
        Files.createDirectories(root.resolve("assets/a b"));
        Files.writeString(root.resolve("assets/app.css"), "body {}");
        Files.writeString(root.resolve("assets/a b/50%.css"), "p {}");
        Files.createDirectories(root.resolve(".well-known"));
        Files.writeString(root.resolve(".well-known/site-association"), "{}");
        gatehouse =
                RunningGatehouse.start(
                        "gatehouse.site.root=file:" + root,
                        "gatehouse.site.clean-urls=true",
                        "gatehouse.site.fallback=/index.html",
                        "gatehouse.site.headers[0].path=/assets/**",
                        "gatehouse.site.headers[0].set[0]=Cache-Control: max-age=60",
                        "gatehouse.site.headers[0].set[1]=X-Frame-Options: DENY",
                        "gatehouse.site.headers[1].path=/assets/*.css",
                        "gatehouse.site.headers[1].set[0]=cache-control:max-age=3600",
                        "gatehouse.site.headers[2].path=/.well-known/site-association",
                        "gatehouse.site.headers[2].set[0]=Content-Type: application/json",
                        "gatehouse.site.redirects[0].from=/old",
                        "gatehouse.site.redirects[0].to=/about",
                        "gatehouse.site.redirects[1].from=/blog/*",
                        "gatehouse.site.redirects[1].to=https://blog.example/posts/:splat",
                        "gatehouse.site.redirects[1].status=302",
                        "gatehouse.site.redirects[2].from=/moved/*",
                        "gatehouse.site.redirects[2].to=/:splat",
                        "gatehouse.site.redirects[3].from=/about.html",
                        "gatehouse.site.redirects[3].to=/nowhere",
                        "gatehouse.site.redirects[4].from=/stra\u00dfe",
                        "gatehouse.site.redirects[4].to=/caf\u00e9/\ud83d\ude00?a=%20b",
                        "gatehouse.site.redirects[5].from=/gr%C3%BCn",
                        "gatehouse.site.redirects[5].to=/about",
                        "gatehouse.site.redirects[6].from=/\u00fcber/*",
                        "gatehouse.site.redirects[6].to=/uber/:splat",
                        "gatehouse.site.redirects[7].from=/50%25%2A",
                        "gatehouse.site.redirects[7].to=/about");
    }

    @AfterAll
    static void stop() {
        gatehouse.close();
    }

    @ParameterizedTest
    @CsvSource({"/about, about", "/about.html, about", "/team/, folder", "/index, app"})
    void pageWhenAskedForWithoutItsExtensionIsServed(String path, String body) {
        assertThat(get(path).body()).isEqualTo(body);
    }

    @Test
    void folderWhenAPageHasItsNameWinsOverThePage() {
        assertThat(get("/team").header("Location")).contains("/team/");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/cart", "/cart/items/7", "/cart?step=2"})
    void pageWhenThereIsNoneIsTheFallback(String path) {
        Response answer = get(path, HTML);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("app");
        assertThat(answer.header("Cache-Control")).contains("no-cache");
        assertThat(answer.header("X-Content-Type-Options")).contains("nosniff");
        String etag = answer.header("ETag").orElseThrow();
        assertThat(get(path, HTML, "If-None-Match: " + etag).status()).isEqualTo(304);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/missing.pdf", "/assets/app-1.js", "/.well-known/missing"})
    void fileWhenThereIsNoneIsTheSitesOwnErrorPage(String path) {
        Response answer = get(path, HTML);

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.body()).isEqualTo("not here");
    }

    @Test
    void pathWhenTheClientWantsNoPageIsNotFound() {
        assertThat(get("/cart", "Accept: application/json").status()).isEqualTo(404);
        assertThat(
                        gatehouse
                                .https(
                                        request(
                                                "POST /cart HTTP/1.1",
                                                "Host: localhost",
                                                HTML,
                                                "Content-Length: 0"))
                                .status())
                .isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({
        "/assets/app.css, max-age=3600, DENY",
        "/assets/a%20b/50%25.css, max-age=60, DENY",
        "/about.html, no-cache, SAMEORIGIN"
    })
    void headersWhenConfiguredWinOverTheUsualOnes(String path, String cache, String frames) {
        Response answer = get(path);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Cache-Control")).contains(cache);
        assertThat(answer.header("X-Frame-Options")).contains(frames);
    }

    @Test
    void typeWhenConfiguredIsThat() {
        assertThat(get("/.well-known/site-association").header("Content-Type"))
                .contains("application/json");
    }

    @ParameterizedTest
    @CsvSource({
        "/old, 301, /about",
        "/old?a=b, 301, /about?a=b",
        "/stra%C3%9Fe, 301, /caf%C3%A9/%F0%9F%98%80?a=%20b",
        "/stra%c3%9fe, 301, /caf%C3%A9/%F0%9F%98%80?a=%20b",
        "/gr%C3%BCn, 301, /about",
        "/%C3%BCber/, 301, /uber/",
        "/%c3%BCber/stra%C3%9Fe/%25?q, 301, /uber/stra%C3%9Fe/%25?q",
        "/mov%65d/x, 301, /x",
        "/mov%65d//evil.example, 301, /evil.example",
        "/50%25*, 301, /about",
        "/blog/2026/caf%C3%A9?a=b, 302, https://blog.example/posts/2026/caf%C3%A9?a=b",
        "/blog/, 302, https://blog.example/posts/",
        "/moved/x/y, 301, /x/y",
        "/moved//evil.example/x, 301, /evil.example/x"
    })
    void pathWhenRedirectedLeadsThere(String path, int status, String location) {
        Response answer = get(path);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.header("Location")).contains(location);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/blog", "/%C3", "/%C3%BCbe", "/%C3%BC", "/mov%6", "/50%25"})
    void pathWhenItIsNotWhollyTheRedirectsIsNotRedirected(String path) {
        assertThat(get(path).status()).isIn(400, 404);
    }

    @Test
    void pathWhenItIsTheStarItselfIsRedirectedAsAnyOther() {
        assertThat(get("/blog/*").header("Location")).contains("https://blog.example/posts/*");
    }

    @Test
    void pathWhenAFileHasItIsNotRedirected() {
        assertThat(get("/about.html").status()).isEqualTo(200);
    }

    private static Response get(String path, String... headers) {
        String extra = headers.length == 0 ? "" : "\r\n" + String.join("\r\n", headers);
        return gatehouse.https(request("GET " + path + " HTTP/1.1", "Host: localhost" + extra));
    }
}
