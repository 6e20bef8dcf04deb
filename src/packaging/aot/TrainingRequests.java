package aot;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/** What visitors, probes and scrapers ask for, each with the status that it must get. */
public final class TrainingRequests {

    public static final String USER = "training";

    private static final List<HttpClient.Version> VERSIONS =
            List.of(HttpClient.Version.HTTP_1_1, HttpClient.Version.HTTP_2);

    private static final String BROWSER = "gzip, deflate, br, zstd";

    private final HttpClient client;
    private final String site;
    private final String plain;
    private final String credentials;

    public TrainingRequests(int https, int http, String password) throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new TrustAll()}, null);
        this.client = HttpClient.newBuilder().sslContext(context).build();
        this.site = "https://localhost:" + https;
        this.plain = "http://localhost:" + http;
        this.credentials =
                "Basic "
                        + Base64.getEncoder()
                                .encodeToString(
                                        (USER + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    public void send() throws IOException, InterruptedException {
        for (HttpClient.Version version : VERSIONS) {
            files(version);
            dynamic(version);
        }
        HttpClient.Version http1 = HttpClient.Version.HTTP_1_1;
        expect(200, http1, plain + "/ping");
        expect(301, http1, plain + "/docs?a=b", "X-Forwarded-For", "192.0.2.1");
        expect(421, http1, plain + "/", "Host", "evil.example");
    }

    private void files(HttpClient.Version version) throws IOException, InterruptedException {
        expect(200, version, site + "/ping");
        String etag =
                expect(200, version, site + "/", "Accept-Encoding", BROWSER)
                        .headers()
                        .firstValue("ETag")
                        .orElseThrow();
        expect(304, version, site + "/", "Accept-Encoding", BROWSER, "If-None-Match", etag);
        expect(200, version, site + "/style.css");
        expect(206, version, site + "/style.css", "Range", "bytes=0-9");
    }

    private void dynamic(HttpClient.Version version) throws IOException, InterruptedException {
        expect(200, version, site + "/actuator/health");
        expect(200, version, site + "/actuator/health/readiness");
        expect(401, version, site + "/actuator/prometheus");
        expect(200, version, site + "/actuator/prometheus", "Authorization", credentials);
        expect(404, version, site + "/nowhere", "Accept", "text/html");
    }

    private HttpResponse<byte[]> expect(
            int status, HttpClient.Version version, String uri, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(uri))
                        .version(version)
                        .timeout(Duration.ofSeconds(30));
        if (headers.length > 0) {
            request.headers(headers);
        }
        HttpResponse<byte[]> answer =
                client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        if (answer.statusCode() != status || answer.version() != version) {
            throw new Failure(
                    "%s %s %s was answered with %s %d, not %d"
                            .formatted(
                                    version,
                                    uri,
                                    List.of(headers),
                                    answer.version(),
                                    answer.statusCode(),
                                    status));
        }
        return answer;
    }
}
