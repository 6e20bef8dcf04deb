package load;

import java.util.List;

/** Connections that resume a session, one after another, each with one request. */
record Resumption(Peer... peers) implements Row.Measurement {

    @Override
    public void measure(Row row, Setting setting, Fleet fleet, Results results) throws Exception {
        for (Server server : fleet.all(peers)) {
            resume(server, setting.warmUp());
        }
        for (int round = 0; round < setting.rounds(); round++) {
            for (Server server : fleet.all(peers)) {
                long before = server.cpuMicros();
                long connections = resume(server, setting.seconds());
                long used = server.cpuMicros() - before;
                results.add(row, server.peer(), Metric.CPU, (double) used / connections);
                results.add(
                        row, server.peer(), Metric.RATE, (double) connections / setting.seconds());
            }
        }
    }

    private static long resume(Server server, int seconds) throws Exception {
        String out =
                Load.output(
                        List.of(
                                "openssl",
                                "s_time",
                                "-reuse",
                                "-www",
                                "/ping",
                                "-time",
                                "" + seconds,
                                "-connect",
                                "127.0.0.1:" + server.httpsPort()));
        // It counts by letters: r for a session that was resumed, * or t for a new one.
        String resumed = out.substring(out.lastIndexOf("starting"));
        if (resumed.chars().filter(c -> c == 'r').count()
                < 10 + resumed.chars().filter(c -> c == '*').count()) {
            throw new IllegalStateException(server.peer() + " does not resume: " + out);
        }
        return Long.parseLong(Load.find("(\\d+) connections in \\d+ real seconds", out));
    }
}
