package load;

/** Saturates each peer in turn: requests a second, latencies, CPU of the server a request. */
record Throughput(Generator generator, Peer... peers) implements Row.Measurement {

    /** Loads a server for that long. */
    interface Generator {
        Load load(Server server, int seconds) throws Exception;
    }

    @Override
    public void measure(Row row, Setting setting, Fleet fleet, Results results) throws Exception {
        for (Server server : fleet.all(peers)) {
            generator.load(server, setting.warmUp());
        }
        for (int round = 0; round < setting.rounds(); round++) {
            for (Server server : fleet.all(peers)) {
                record(row, server, setting.seconds(), results);
            }
        }
    }

    private void record(Row row, Server server, int seconds, Results results) throws Exception {
        long before = server.cpuMicros();
        Load load = generator.load(server, seconds);
        long used = server.cpuMicros() - before;
        results.add(row, server.peer(), Metric.CPU, (double) used / load.requests());
        results.add(row, server.peer(), Metric.RATE, load.perSecond());
        results.add(row, server.peer(), Metric.P50, load.p50());
        results.add(row, server.peer(), Metric.P99, load.p99());
    }
}
