package dev.gatehouse.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.connector.ConnectorName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client of the tools' API and pages, over HTTPS. */
public final class ToolClient implements AutoCloseable {

    private static final Duration LONGEST = Duration.ofMinutes(3);
    private static final Set<String> UNFINISHED = Set.of("QUEUED", "RUNNING");

    private final RunningGatehouse gatehouse;
    private final HttpClient client =
            HttpClient.newBuilder().sslContext(RawHttp.contextTrustingAll()).build();

    public ToolClient(RunningGatehouse gatehouse) {
        this.gatehouse = gatehouse;
    }

    public HttpResponse<String> get(String path) {
        return send(HttpRequest.newBuilder(uri(path)).header("Accept", "text/html, */*").build());
    }

    /** Submits a job and waits for its end, 30 seconds at most. */
    public HttpResponse<String> post(String path, String json) {
        return send(
                HttpRequest.newBuilder(uri(path))
                        .header("Content-Type", "application/json")
                        .header("Prefer", "wait=30")
                        .POST(HttpRequest.BodyPublishers.ofString(json))
                        .build());
    }

    /** Submits a job, and has its view after its end, however long that takes. */
    public JsonNode run(String path, String json) {
        HttpResponse<String> answer = post(path, json);
        if (answer.statusCode() == 202) {
            HttpRequest view =
                    HttpRequest.newBuilder(
                                    uri(answer.headers().firstValue("Location").orElseThrow()))
                            .header("Accept", "application/json")
                            .build();
            answer =
                    await().atMost(LONGEST)
                            .until(
                                    () -> send(view),
                                    now ->
                                            !UNFINISHED.contains(
                                                    json(now).path("state").asString()));
        }
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return json(answer);
    }

    public static JsonNode json(HttpResponse<String> answer) {
        return JsonMapper.shared().readTree(answer.body());
    }

    private URI uri(String path) {
        return URI.create("https://localhost:" + gatehouse.port(ConnectorName.HTTPS) + path);
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        } catch (InterruptedException ex) {
            throw new IllegalStateException(ex);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
