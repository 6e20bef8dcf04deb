package dev.gatehouse.tools.outbound;

import java.util.HashSet;
import java.util.Set;

/**
 * What the text of a URL may name.
 *
 * @param ports beside 80 and 443
 * @param localNames whether names of private networks may be looked up; the addresses are guarded
 *     anyway
 */
public record TargetPolicy(Set<Integer> ports, boolean localNames) {

    private static final int ANY_PORT = 0;

    /** The two default ports, and names that are not of a private network. */
    static final TargetPolicy PUBLIC = new TargetPolicy(Set.of(), false);

    /** Any port and name: for what an operator has configured. */
    static final TargetPolicy ANY = new TargetPolicy(Set.of(ANY_PORT), true);

    public TargetPolicy {
        ports = Set.copyOf(ports);
    }

    /** The same, and that port. */
    TargetPolicy opening(HttpUrl site) {
        Set<Integer> more = new HashSet<>(ports);
        more.add(site.port());
        return new TargetPolicy(more, localNames);
    }

    boolean allows(int port) {
        return port == Scheme.HTTP.port()
                || port == Scheme.HTTPS.port()
                || ports.contains(port)
                || ports.contains(ANY_PORT);
    }

    /** Reads what a user typed: a URL, or a host alone. */
    public Target.Parsed parse(String typed) {
        return Target.parse(typed, this);
    }

    /** Decides about a URL that a reference led to. */
    public Target.Parsed of(HttpUrl url) {
        return Target.of(url, this);
    }
}
