package dev.gatehouse;

import static dev.gatehouse.testing.RawHttp.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.connector.ConnectorName;
import dev.gatehouse.testing.GatehouseProcess;
import dev.gatehouse.testing.RawHttp;
import dev.gatehouse.testing.RawHttp.Response;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A process in the locale C, with Arabic numbers, answers like any other. */
class LocaleTests {

    private static final String ARABIC = "-Duser.language=ar -Duser.country=EG";

    private static final String MONITORING = "Authorization: Basic bWU6cGFzcw=="; // me:pass

    @TempDir private static Path folder;

    private static GatehouseProcess arabic;

    private static GatehouseProcess english;

    @BeforeAll
    static void start() throws IOException {
        Path site = Files.createDirectory(path(folder, "site-%C3%A9"));
        Files.writeString(site.resolve("index.html"), "<h1>Home</h1>");
        Files.writeString(site.resolve("notes.txt"), "0123456789");
        Files.createDirectory(path(site, "men%C3%BC"));
        Files.writeString(path(site, "men%C3%BC/caf%C3%A9.txt"), "espresso");
        Files.writeString(path(site, "latin%E9.txt"), "not UTF-8");
        Path configuration = folder.resolve("application.yml");
        Files.writeString(
                configuration,
                "gatehouse.tools.enabled: true\n"
                        + "gatehouse.status.enabled: true\n"
                        + "gatehouse.site.root: file:"
                        + folder
                        + "/site-\u00e9/\n"
                        + "spring.security.user: {name: me, password: '{noop}pass'}");
        String property = "spring.config.additional-location=file:" + configuration;
        arabic =
                GatehouseProcess.start(
                        folder,
                        List.of("env", "LC_ALL=C", "JDK_JAVA_OPTIONS=" + ARABIC),
                        GatehouseApplication.class,
                        property);
        english =
                GatehouseProcess.start(
                        folder,
                        List.of("env", "LC_ALL=C.UTF-8"),
                        GatehouseApplication.class,
                        property);
    }

    @AfterAll
    static void stop() {
        arabic.close();
        english.close();
    }

    /** In any locale, the bytes of a name. */
    private static Path path(Path parent, String encoded) {
        return Path.of(URI.create(parent.toUri() + encoded));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1",
                "GET /men%C3%BC/caf%C3%A9.txt HTTP/1.1",
                "GET /notes.txt HTTP/1.1\r\nRange: bytes=2-4",
                "GET /notes.txt HTTP/1.1\r\nRange: bytes=2-4,6-",
                "GET /notes.txt HTTP/1.1\r\nRange: bytes=99-",
                "HEAD /notes.txt HTTP/1.1",
                "GET /nowhere HTTP/1.1\r\nAccept: text/html",
                "GET /ping HTTP/1.1",
                "GET /actuator/health/liveness HTTP/1.1"
            })
    void answerWhenLocaleIsArabicIsTheSame(String head) {
        Response answer = https(arabic, head);

        assertThat(answer.status()).isPositive();
        assertThat(withoutDateAndId(answer)).isEqualTo(withoutDateAndId(https(english, head)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/status", "/status/details", "/tools/front-door"})
    void pageWhenLocaleIsArabicHasAsciiDigits(String path) {
        Response page =
                https(arabic, "GET " + path + " HTTP/1.1\r\nAccept: text/html\r\n" + MONITORING);

        assertThat(page.status()).isEqualTo(200);
        assertThat(
                        new String(
                                page.body().getBytes(StandardCharsets.ISO_8859_1),
                                StandardCharsets.UTF_8))
                .doesNotContainPattern("[\\p{Nd}&&[^0-9]]");
    }

    @Test
    void redirectWhenLocaleIsArabicHasItsPort() {
        Response answer =
                RawHttp.plain(
                        arabic.port(ConnectorName.HTTP),
                        request(
                                "GET /a?b=c HTTP/1.1",
                                "Host: localhost",
                                "X-Forwarded-For: 192.0.2.1"));

        assertThat(answer.header("Location"))
                .contains("https://localhost:" + arabic.port(ConnectorName.HTTPS) + "/a?b=c");
    }

    @Test
    void fileWhenItsNameIsUtf8IsServedInTheLocaleC() {
        assertThat(https(arabic, "GET /men%C3%BC/caf%C3%A9.txt HTTP/1.1").body())
                .isEqualTo("espresso");
    }

    @Test
    void fileWhenItsNameIsNotUtf8IsNamedInAWarning() {
        assertThat(https(arabic, "GET /latin%E9.txt HTTP/1.1").status()).isIn(400, 404);
        assertThat(arabic.log()).contains("latin%E9.txt is not served: its name is not UTF-8");
    }

    private static Response https(GatehouseProcess process, String head) {
        return RawHttp.tls(
                process.port(ConnectorName.HTTPS),
                request(head, "Host: localhost", "Connection: close"));
    }

    private static Response withoutDateAndId(Response answer) {
        return new Response(
                answer.status(),
                answer.headers().stream()
                        .filter(line -> !line.startsWith("Date:"))
                        .filter(line -> !line.startsWith("X-Request-Id:"))
                        .toList(),
                answer.body().replaceAll("\"timestamp\":\"[^\"]*\"", ""));
    }
}
