package load;

import java.util.concurrent.TimeUnit;

/** From the start of the process to the first answer over TLS. */
record Start(Peer... peers) implements Row.Measurement {

    @Override
    public void measure(Row row, Setting setting, Fleet fleet, Results results) throws Exception {
        for (int round = 0; round < setting.rounds(); round++) {
            for (Peer peer : peers) {
                long begin = System.nanoTime();
                try (Server server = Server.launch(peer, setting)) {
                    server.await();
                    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
                    results.add(row, peer, Metric.START, millis);
                }
            }
        }
    }
}
