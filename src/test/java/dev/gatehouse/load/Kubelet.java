package dev.gatehouse.load;

import dev.gatehouse.connector.ConnectorName;
import dev.gatehouse.testing.GatehouseProcess;
import dev.gatehouse.testing.RawHttp;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Asks for liveness over both connectors every two seconds, and keeps what it was answered. */
final class Kubelet implements AutoCloseable {

    private static final Duration PERIOD = Duration.ofSeconds(2);
    private static final String REQUEST =
            RawHttp.request(
                    "GET /actuator/health/liveness HTTP/1.1",
                    "Host: localhost",
                    "Connection: close");

    private final ScheduledExecutorService askers = Executors.newScheduledThreadPool(2);
    private final Map<String, Integer> answers = new TreeMap<>();

    Kubelet(GatehouseProcess gatehouse) {
        for (ConnectorName name : ConnectorName.values()) {
            int port = gatehouse.port(name);
            var _ =
                    askers.scheduleWithFixedDelay(
                            () -> ask(name, port), 0, PERIOD.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void ask(ConnectorName name, int port) {
        String answer;
        try {
            RawHttp.Response response =
                    name == ConnectorName.HTTP
                            ? RawHttp.plain(port, REQUEST)
                            : RawHttp.tls(port, REQUEST);
            answer = Integer.toString(response.status());
        } catch (RuntimeException _) {
            answer = "no answer within 10 s";
        }
        count(name + " " + answer);
    }

    private synchronized void count(String answer) {
        answers.merge(answer, 1, Integer::sum);
    }

    @Override
    public synchronized String toString() {
        return answers.toString();
    }

    @Override
    public void close() {
        askers.shutdownNow();
        askers.close();
    }
}
