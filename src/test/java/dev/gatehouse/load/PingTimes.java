package dev.gatehouse.load;

import dev.gatehouse.connector.ConnectorName;
import dev.gatehouse.testing.GatehouseProcess;
import dev.gatehouse.testing.RawHttp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** How long fresh connections that asked for {@code /ping}, one after the other, took in all. */
record PingTimes(ConnectorName connector, List<Duration> sorted) {

    private static final String REQUEST =
            RawHttp.request("GET /ping HTTP/1.1", "Host: localhost", "Connection: close");

    static PingTimes of(GatehouseProcess gatehouse, ConnectorName connector, int times) {
        int port = gatehouse.port(connector);
        List<Duration> took = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            long start = System.nanoTime();
            RawHttp.Response answer =
                    connector == ConnectorName.HTTP
                            ? RawHttp.plain(port, REQUEST)
                            : RawHttp.tls(port, REQUEST);
            if (!answer.body().equals("pong")) {
                throw new AssertionError("No pong, but " + answer);
            }
            took.add(Duration.ofNanos(System.nanoTime() - start));
        }
        Collections.sort(took);
        return new PingTimes(connector, took);
    }

    Duration p99() {
        return sorted.get(sorted.size() * 99 / 100);
    }

    @Override
    public String toString() {
        return "%s: median %.1f ms, p99 %.1f ms, at most %.1f ms"
                .formatted(
                        connector,
                        millis(sorted.get(sorted.size() / 2)),
                        millis(p99()),
                        millis(sorted.getLast()));
    }

    private static double millis(Duration time) {
        return time.toNanos() / 1e6;
    }
}
