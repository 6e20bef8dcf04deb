package dev.gatehouse.tools.outbound;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the text of a URL may name.
 *
 * @param ports beside 80 and 443
 * @param localNames whether names of private networks may be looked up; the addresses are guarded
 *     anyway
 * @param site an operator's own, whatever its name and port, or null
 */
public record TargetPolicy(Set<Integer> ports, boolean localNames, @Nullable OpenedSite site) {

    private static final int ANY_PORT = 0;

    /** The two default ports, and names that are not of a private network. */
    static final TargetPolicy PUBLIC = new TargetPolicy(Set.of(), false);

    /** Any port and name: for what an operator has configured. */
    static final TargetPolicy ANY = new TargetPolicy(Set.of(ANY_PORT), true);

    public TargetPolicy {
        ports = Set.copyOf(ports);
    }

    TargetPolicy(Set<Integer> ports, boolean localNames) {
        this(ports, localNames, null);
    }

    /** The same, and that site. */
    TargetPolicy opening(OpenedSite own) {
        return new TargetPolicy(ports, localNames, own);
    }

    boolean opens(HttpUrl url) {
        return site != null && site.matches(url.host(), url.port());
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
