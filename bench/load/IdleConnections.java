package load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLSocket;

/** Memory of connections that have done a handshake and one request, and now do nothing. */
record IdleConnections(int count, Peer... peers) implements Row.Measurement {

    @Override
    public void measure(Row row, Setting setting, Fleet fleet, Results results) throws Exception {
        for (Peer peer : peers) {
            fleet.end(peer); // fresh: a heap that had grown before would hide them
            Server server = fleet.get(peer);
            warmUp(server);
            long before = server.residentKilobytes();
            List<SSLSocket> sockets = new ArrayList<>();
            try {
                for (int i = 0; i < count; i++) {
                    SSLSocket socket = Visit.connect(server.httpsPort());
                    sockets.add(socket);
                    if (!Visit.ping(socket).startsWith("HTTP/1.1 200")) {
                        throw new IOException(peer + " did not answer connection " + i);
                    }
                }
                long after = server.residentKilobytes();
                results.add(row, peer, Metric.CONNECTION, (double) (after - before) / count);
                results.add(row, peer, Metric.RESIDENT, after / 1024.0);
            } catch (IOException ex) {
                System.err.println("bench: " + peer + ": " + sockets.size() + " only: " + ex);
            } finally {
                close(sockets);
            }
        }
    }

    private static void warmUp(Server server) {
        for (int i = 0; i < 300; i++) {
            Visit.tls(server.httpsPort());
        }
    }

    private static void close(List<SSLSocket> sockets) throws IOException {
        for (SSLSocket socket : sockets) {
            socket.close();
        }
    }
}
