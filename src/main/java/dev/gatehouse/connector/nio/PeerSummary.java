package dev.gatehouse.connector.nio;

import java.util.HashSet;
import java.util.Set;

/** Counts connections and their distinct peers, in bounded memory. */
public class PeerSummary {

    private static final int MAX_PEERS = 1000;

    private final Set<String> peers = new HashSet<>();
    private long connections;

    public synchronized void add(String peer) {
        connections++;
        if (peers.size() < MAX_PEERS) {
            peers.add(peer);
        }
    }

    /** What has been added since the last call. */
    public synchronized Summary take() {
        Summary summary = new Summary(connections, peers.size(), peers.size() == MAX_PEERS);
        connections = 0;
        peers.clear();
        return summary;
    }

    /**
     * A number of connections and of their peers.
     *
     * @param more whether there may have been more peers
     */
    public record Summary(long connections, int peers, boolean more) {

        @Override
        public String toString() {
            return "%d from %s%d %s"
                    .formatted(
                            connections,
                            more ? "at least " : "",
                            peers,
                            peers == 1 ? "peer" : "peers");
        }
    }
}
