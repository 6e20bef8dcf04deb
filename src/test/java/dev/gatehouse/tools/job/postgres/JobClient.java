package dev.gatehouse.tools.job.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.testing.RawHttp;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client of the timed tool, each request on a connection of its own. */
record JobClient(int port) {

    /** An event as it was received. */
    record Received(long id, String type, String data) {

        boolean isLast() {
            return type.equals("state") && !data.matches("\"(QUEUED|RUNNING)\"");
        }
    }

    RawHttp.Response post(int millis, int steps, String... headers) {
        String body = "{\"millis\":%d,\"steps\":%d}".formatted(millis, steps);
        List<String> lines =
                new ArrayList<>(
                        List.of(
                                "POST " + GatehouseWithTimedTool.COLLECTION + " HTTP/1.1",
                                "Host: localhost",
                                "Connection: close",
                                "Content-Type: application/json",
                                "Content-Length: " + body.length()));
        lines.addAll(List.of(headers));
        return RawHttp.plain(port, RawHttp.request(lines.toArray(String[]::new)) + body);
    }

    /**
     * Submits a job that must be accepted or is the one with that key, and returns its path. As a
     * client should, it tries again where a busy machine's database was too slow.
     */
    String submit(int millis, int steps, String... headers) {
        RawHttp.Response response = retried(() -> post(millis, steps, headers));
        assertThat(response.status()).as(response.body()).isIn(200, 202);
        return response.header("Location").orElseThrow();
    }

    private static RawHttp.Response retried(Supplier<RawHttp.Response> request) {
        return await().until(request::get, response -> response.status() != 503);
    }

    RawHttp.Response get(String path, String accept) {
        return RawHttp.plain(
                port,
                RawHttp.request(
                        "GET " + path + " HTTP/1.1",
                        "Host: localhost",
                        "Connection: close",
                        "Accept: " + accept));
    }

    /** Tries again where the database was too slow. */
    RawHttp.Response getAgain(String path, String accept) {
        return retried(() -> get(path, accept));
    }

    RawHttp.Response delete(String path) {
        return RawHttp.plain(
                port,
                RawHttp.request(
                        "DELETE " + path + " HTTP/1.1", "Host: localhost", "Connection: close"));
    }

    JsonNode view(String path) {
        RawHttp.Response response = getAgain(path, "application/json");
        assertThat(response.status()).as(response.body()).isEqualTo(200);
        return JsonMapper.shared().readTree(response.body());
    }

    String state(String path) {
        return view(path).get("state").asString();
    }

    /** All events of a job, on a new connection after every few of them. */
    List<Received> followEvents(String path, int eventsOfAConnection) {
        List<Received> all = new ArrayList<>();
        while (all.isEmpty() || !all.getLast().isLast()) {
            long last = all.isEmpty() ? 0 : all.getLast().id();
            all.addAll(events(path, last, eventsOfAConnection));
        }
        return all;
    }

    /** The events after that one, at most that many. */
    List<Received> events(String path, long after, int most) {
        try (Socket socket = RawHttp.connect(port)) {
            socket.getOutputStream()
                    .write(
                            RawHttp.request(
                                            "GET " + path + "/events HTTP/1.1",
                                            "Host: localhost",
                                            "Connection: close",
                                            "Accept: text/event-stream",
                                            "Last-Event-ID: " + after)
                                    .getBytes(StandardCharsets.UTF_8));
            BufferedReader in =
                    new BufferedReader(
                            new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            String status = in.readLine();
            assertThat(status).containsAnyOf(" 200", " 503");
            return status.contains(" 503") ? List.of() : read(in, most);
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    private static List<Received> read(BufferedReader in, int most) throws IOException {
        List<Received> received = new ArrayList<>();
        long id = 0;
        String type = "";
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            if (line.startsWith("id:")) {
                id = Long.parseLong(line.substring(3).strip());
            } else if (line.startsWith("event:")) {
                type = line.substring(6).strip();
            } else if (line.startsWith("data:")) {
                received.add(new Received(id, type, line.substring(5).strip()));
                if (received.size() == most || received.getLast().isLast()) {
                    return received;
                }
            }
        }
        return received;
    }
}
