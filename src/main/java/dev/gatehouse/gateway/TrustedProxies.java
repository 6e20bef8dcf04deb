package dev.gatehouse.gateway;

import dev.gatehouse.connector.Networks;
import dev.gatehouse.connector.PeerAddress;

/**
 * The networks of load balancers that end TLS in front of this server, and whose forwarding headers
 * are trusted.
 */
public record TrustedProxies(Networks networks) {

    /** Whether the peer at the other end of the socket is one of them. */
    public boolean contains(byte[] peer) {
        return networks.contains(peer);
    }

    boolean contains(String peer) {
        return !networks.isEmpty() && networks.contains(PeerAddress.bytesOf(peer));
    }

    @Override
    public String toString() {
        return networks.toString();
    }
}
