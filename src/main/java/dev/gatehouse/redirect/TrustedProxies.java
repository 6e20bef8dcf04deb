package dev.gatehouse.redirect;

import java.util.Arrays;
import java.util.List;

/** Load balancers that end TLS in front of us, and are believed to say so. */
final class TrustedProxies {

    private static final String HEADER = "X-Forwarded-Proto";

    private final Networks networks;

    TrustedProxies(Networks networks) {
        this.networks = networks;
    }

    boolean isTrusted(ExaminedRequest request) {
        return networks.contains(request.peer());
    }

    boolean areTrusted(String peer) {
        return !networks.isEmpty() && networks.contains(PeerAddress.bytesOf(peer));
    }

    Networks networks() {
        return networks;
    }

    /**
     * Whether somebody, trusted or not, says that the visitor came over TLS. A proxy that appends,
     * rather than replaces, leaves what its visitor wrote: all elements must agree, and empty ones
     * count for nothing (RFC 9110, 5.6.1).
     */
    static boolean saysTls(ExaminedRequest request) {
        if (request.facts().headers().first(HEADER) == null) {
            return false;
        }
        List<String> protocols =
                request.facts().headers().values(HEADER).stream()
                        .flatMap(line -> Arrays.stream(line.split(",", -1)))
                        .map(String::strip)
                        .filter(protocol -> !protocol.isEmpty())
                        .toList();
        return !protocols.isEmpty() && protocols.stream().allMatch("https"::equalsIgnoreCase);
    }

    /** Whether the visitor came over TLS, to us or to a trusted proxy. */
    boolean isVisitorOverTls(ExaminedRequest request) {
        return request.isOverTls() || (saysTls(request) && isTrusted(request));
    }

    @Override
    public String toString() {
        return networks.toString();
    }
}
