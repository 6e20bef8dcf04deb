package load;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLSocket;

/**
 * Memory of connections that have done a handshake and one request, and now do nothing: as many as
 * all peers have descriptors for.
 */
record IdleConnections(int count, Peer... peers) implements Row.Measurement {

    /** A socket, and the pipe that Conscrypt opens for each connection and an engine never uses. */
    private static final int DESCRIPTORS_EACH = 3;

    private static final int SPARE_DESCRIPTORS = 500;

    @Override
    public void measure(Row row, Setting setting, Fleet fleet, Results results) throws Exception {
        int possible = possible();
        for (Peer peer : peers) {
            fleet.end(peer); // fresh: a heap that had grown before would hide them
            Server server = fleet.get(peer);
            warmUp(server);
            long before = server.residentKilobytes();
            List<SSLSocket> sockets = new ArrayList<>();
            try {
                for (int i = 0; i < possible; i++) {
                    SSLSocket socket = Visit.connect(server.httpsPort());
                    sockets.add(socket);
                    if (!Visit.ping(socket).startsWith("HTTP/1.1 200")) {
                        throw new IOException(peer + " did not answer connection " + i);
                    }
                }
                long after = server.residentKilobytes();
                results.add(row, peer, Metric.CONNECTION, (double) (after - before) / possible);
                results.add(row, peer, Metric.CONNECTIONS, possible);
                results.add(row, peer, Metric.RESIDENT, after / 1024.0);
            } catch (IOException ex) {
                System.err.println("bench: " + peer + ": " + sockets.size() + " only: " + ex);
            } finally {
                close(sockets);
            }
        }
    }

    private int possible() {
        long limit =
                ((UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                        .getMaxFileDescriptorCount();
        long need = (long) count * DESCRIPTORS_EACH + SPARE_DESCRIPTORS;
        if (limit >= need) {
            return count;
        }
        int possible = (int) (limit - SPARE_DESCRIPTORS) / DESCRIPTORS_EACH;
        System.err.printf(
                "bench: %d connections take %d descriptors of Gatehouse's, and the limit is %d:"
                        + " %d instead%n",
                count, need, limit, possible);
        return possible;
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
