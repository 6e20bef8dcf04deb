package dev.gatehouse.tools.screenshot;

import static dev.gatehouse.testing.RawHttp.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.connector.ConnectorName;
import dev.gatehouse.testing.LoadBalancer;
import dev.gatehouse.testing.RawHttp;
import dev.gatehouse.testing.RunningGatehouse;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole server that takes screenshots of its own public address, through a load balancer. */
class OwnSiteOnServerTests {

    private static final String ADDRESS = "127.0.0.72";
    private static final LoadBalancer BALANCER = new LoadBalancer(ADDRESS);

    private static final Pattern IMAGE =
            Pattern.compile("src=\"(/status/screenshots/[^\"]+/(desktop|phone)\\.png)\"");

    @TempDir private static Path state;
    private static RunningGatehouse gatehouse;

    @BeforeAll
    static void start() {
        int port = BALANCER.port(ConnectorName.HTTPS);
        String browser =
                TestBrowser.asOrdinaryUser(
                                TestBrowser.installed(),
                                "set -- \"$@\" --ignore-certificate-errors")
                        .toString();
        gatehouse =
                RunningGatehouse.start(
                        "gatehouse.screenshot.browser=" + browser,
                        "gatehouse.outbound.allowed-networks=" + ADDRESS + "/32",
                        "gatehouse.outbound.allowed-ports=" + port,
                        "gatehouse.outside.url=https://%s:%d/".formatted(ADDRESS, port),
                        "gatehouse.outside.screenshot.enabled=true",
                        "gatehouse.outside.screenshot.schedule=*/5 * * * * *",
                        "gatehouse.state-directory=" + state);
        BALANCER.leadTo(gatehouse::port);
    }

    @AfterAll
    static void stop() {
        gatehouse.close();
        BALANCER.close();
    }

    private static String status() {
        return gatehouse
                .https(request("GET /status HTTP/1.1", "Host: localhost", "Accept: text/html"))
                .body();
    }

    @Test
    void statusShowsTheSiteAsADesktopAndAPhoneShowIt() throws Exception {
        await().atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(500))
                .until(() -> status().contains("% changed"));

        Matcher images = IMAGE.matcher(status());
        assertThat(images.find()).isTrue();
        BufferedImage desktop = image(images.group(1));
        assertThat(desktop.getWidth()).isEqualTo(1280);
        assertThat(desktop.getHeight()).isEqualTo(800);
        assertThat(images.find()).isTrue();
        BufferedImage phone = image(images.group(1));
        assertThat(phone.getWidth()).isEqualTo(2 * 390);
        assertThat(phone.getHeight()).isEqualTo(2 * 844);
        assertThat(state.resolve("own-site/" + ADDRESS + "/phone.png")).exists();
    }

    private static BufferedImage image(String path) throws IOException, InterruptedException {
        try (HttpClient client =
                HttpClient.newBuilder().sslContext(RawHttp.contextTrustingAll()).build()) {
            HttpResponse<byte[]> response =
                    client.send(
                            HttpRequest.newBuilder(
                                            URI.create(
                                                    "https://localhost:%d%s"
                                                            .formatted(
                                                                    gatehouse.port(
                                                                            ConnectorName.HTTPS),
                                                                    path)))
                                    .build(),
                            HttpResponse.BodyHandlers.ofByteArray());
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.headers().firstValue("Content-Type")).contains("image/png");
            return ImageIO.read(new ByteArrayInputStream(response.body()));
        }
    }
}
