package load;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The peers that run, each started when a row first needs it. */
public final class Fleet implements AutoCloseable {

    private final Setting setting;
    private final Map<Peer, Server> servers = new EnumMap<>(Peer.class);

    public Fleet(Setting setting) {
        this.setting = setting;
    }

    Server get(Peer peer) throws Exception {
        Server server = servers.get(peer);
        if (server == null) {
            server = Server.launch(peer, setting);
            servers.put(peer, server);
            server.await();
        }
        return server;
    }

    List<Server> all(Peer... peers) throws Exception {
        List<Server> all = new ArrayList<>();
        for (Peer peer : peers) {
            all.add(get(peer));
        }
        return all;
    }

    /** Ends one, so that the next row that needs it meets it fresh. */
    void end(Peer peer) throws InterruptedException {
        Server server = servers.remove(peer);
        if (server != null) {
            server.close();
        }
    }

    @Override
    public void close() throws InterruptedException {
        for (Server server : servers.values()) {
            server.close();
        }
    }
}
