package load;

import java.util.List;

/** Connections that resume a session, one after another, each with one request. */
final class Resumption {

    private Resumption() {}

    static Load load(Server server, int seconds) throws Exception {
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
        long connections =
                Long.parseLong(Load.find("(\\d+) connections in \\d+ real seconds", out));
        return new Load(connections, (double) connections / seconds, Double.NaN, Double.NaN);
    }
}
