package load;

/**
 * The page over HTTP/2 at half of the rate at which the peer saturates: what a visitor waits on a
 * busy day.
 */
record HalfLoad(Peer... peers) implements Row.Measurement {

    @Override
    public void measure(Row row, Setting setting, Fleet fleet, Results results) throws Exception {
        for (Server server : fleet.all(peers)) {
            Load.h2load(setting.warmUp(), server.https("/page.html"));
        }
        for (int round = 0; round < setting.rounds(); round++) {
            for (Server server : fleet.all(peers)) {
                record(row, server, setting, results);
            }
        }
    }

    private static void record(Row row, Server server, Setting setting, Results results)
            throws Exception {
        String page = server.https("/page.html");
        double saturation = Load.h2load(setting.seconds(), page).perSecond();
        int each = Math.max(1, (int) (saturation / 2 / Load.CONNECTIONS));
        Load half = Load.h2load(setting.seconds(), page, "--rps=" + each);
        results.add(row, server.peer(), Metric.RATE, half.perSecond());
        results.add(row, server.peer(), Metric.P50, half.p50());
        results.add(row, server.peer(), Metric.P99, half.p99());
    }
}
