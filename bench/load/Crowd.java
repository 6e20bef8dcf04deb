package load;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** 500 clients that keep their connections busy, and what a probe with a fresh one waits. */
record Crowd(Peer... peers) implements Row.Measurement {

    private static final int CLIENTS = 500;

    @Override
    public void measure(Row row, Setting setting, Fleet fleet, Results results) throws Exception {
        for (Server server : fleet.all(peers)) {
            Load.wrk(Load.CONNECTIONS, setting.warmUp(), server.https("/page.html"));
        }
        for (int round = 0; round < setting.rounds(); round++) {
            for (Server server : fleet.all(peers)) {
                record(row, server, setting.seconds() + 2, results);
            }
        }
    }

    private static void record(Row row, Server server, int seconds, Results results)
            throws Exception {
        CompletableFuture<Load> crowd = CompletableFuture.supplyAsync(() -> crowd(server, seconds));
        List<Double> millis = new ArrayList<>();
        while (!crowd.isDone()) {
            long begin = System.nanoTime();
            if (Visit.tls(server.httpsPort())) {
                millis.add((System.nanoTime() - begin) / 1e6);
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
        Collections.sort(millis);
        if (millis.isEmpty()) {
            throw new IllegalStateException(
                    server.peer() + " answered no visitor; alive: " + server.isAlive());
        }
        results.add(row, server.peer(), Metric.RATE, crowd.get().perSecond());
        results.add(row, server.peer(), Metric.P50, millis.get(millis.size() / 2));
        results.add(row, server.peer(), Metric.P99, millis.get((int) (millis.size() * 0.99)));
    }

    private static Load crowd(Server server, int seconds) {
        try {
            return Load.wrk(CLIENTS, seconds, server.https("/page.html"));
        } catch (Exception ex) {
            throw new IllegalStateException(ex);
        }
    }
}
