package dev.gatehouse.liveness;

import dev.gatehouse.connector.ConnectorName;
import dev.gatehouse.testing.RawHttp;
import dev.gatehouse.testing.RunningGatehouse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Visitors of one connector who ask for liveness and readiness in turn, each on a fresh connection,
 * one after the other without a pause, and who keep what they were answered.
 */
final class SteadyStream implements AutoCloseable {

    private final RunningGatehouse gatehouse;
    private final ConnectorName connector;
    private final List<Integer> liveness = new CopyOnWriteArrayList<>();
    private final List<Integer> readiness = new CopyOnWriteArrayList<>();
    private final List<String> failures = new CopyOnWriteArrayList<>();
    private final Thread visitor;
    private volatile boolean closed;

    SteadyStream(RunningGatehouse gatehouse, ConnectorName connector) {
        this.gatehouse = gatehouse;
        this.connector = connector;
        this.visitor = Thread.ofPlatform().daemon().name("steady-stream").start(this::run);
    }

    private void run() {
        while (!closed) {
            ask("liveness", liveness);
            ask("readiness", readiness);
        }
    }

    private void ask(String group, List<Integer> answers) {
        try {
            answers.add(get(gatehouse, connector, "/actuator/health/" + group).status());
        } catch (RuntimeException ex) {
            failures.add(String.valueOf(ex.getMessage()));
        }
    }

    static RawHttp.Response get(RunningGatehouse gatehouse, ConnectorName by, String path) {
        String request =
                RawHttp.request(
                        "GET " + path + " HTTP/1.1", "Host: localhost", "Connection: close");
        return switch (by) {
            case HTTP -> gatehouse.http(request);
            case HTTPS -> gatehouse.https(request);
        };
    }

    /** The answers for liveness so far: 200 for UP, 503 for DOWN. */
    List<Integer> liveness() {
        return new ArrayList<>(liveness);
    }

    List<Integer> readiness() {
        return new ArrayList<>(readiness);
    }

    List<String> failures() {
        return List.copyOf(failures);
    }

    @Override
    public void close() {
        closed = true;
        try {
            visitor.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
