package dev.gatehouse.redirect;

import dev.gatehouse.connector.ConnectorName;
import dev.gatehouse.connector.PeerAddress;
import dev.gatehouse.gateway.RequestPath;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.PathContainer;

/**
 * A request while rules evaluate it: what several of them need is parsed once, and only if one
 * needs it.
 */
final class ParsedRequest implements RequestPath {

    private static final String FORWARDED_PROTO = "X-Forwarded-Proto";

    private final RedirectRequest facts;
    private byte @Nullable [] peer;
    private boolean isHostParsed;
    private @Nullable RequestedHost host;
    private @Nullable PathContainer parsedPath;
    private @Nullable DecisionReason suspicion;

    ParsedRequest(RedirectRequest facts) {
        this.facts = facts;
    }

    RedirectRequest facts() {
        return facts;
    }

    boolean isOverTls() {
        return facts.connector() == ConnectorName.HTTPS;
    }

    /** The peer's address, of 4 bytes if mapped into IPv6; of none if it is not an address. */
    byte[] peer() {
        byte[] known = peer;
        if (known == null) {
            known = PeerAddress.bytesOf(facts.peer());
            peer = known;
        }
        return known;
    }

    /** Whether the peer is in 127.0.0.0/8, mapped into IPv6 or not, or ::1. */
    boolean isFromLoopback() {
        byte[] address = peer();
        if (address.length == 4) {
            return address[0] == 127;
        }
        int others = 0;
        for (int i = 0; i < address.length - 1; i++) {
            others |= address[i];
        }
        return address.length == 16 && others == 0 && address[15] == 1;
    }

    /** The requested host, or null where there is none or it is invalid. */
    @Nullable RequestedHost host() {
        String header = facts.host();
        if (!isHostParsed && header != null) {
            host = RequestedHost.parse(header);
        }
        isHostParsed = true;
        return host;
    }

    @Override
    public String raw() {
        return facts.path();
    }

    @Override
    public PathContainer parsed() {
        PathContainer known = parsedPath;
        if (known == null) {
            known = PathContainer.parsePath(facts.path());
            parsedPath = known;
        }
        return known;
    }

    RequestPath path() {
        return this;
    }

    /**
     * Whether X-Forwarded-Proto, trusted or not, says that the visitor came over TLS. A proxy that
     * appends, rather than replaces, leaves what its visitor wrote: all elements must agree, and
     * empty ones count for nothing (RFC 9110, 5.6.1).
     */
    boolean isForwardedOverTls() {
        if (facts.headers().first(FORWARDED_PROTO) == null) {
            return false;
        }
        List<String> protocols =
                facts.headers().values(FORWARDED_PROTO).stream()
                        .flatMap(line -> Arrays.stream(line.split(",", -1)))
                        .map(String::strip)
                        .filter(protocol -> !protocol.isEmpty())
                        .toList();
        return !protocols.isEmpty() && protocols.stream().allMatch("https"::equalsIgnoreCase);
    }

    /** Reports a suspicion; the first one is kept. */
    void suspect(DecisionReason reason) {
        suspicion = suspicion == null ? reason : suspicion;
    }

    /** The reason to report: the suspicion, or else the given one. */
    DecisionReason reasonOr(DecisionReason otherwise) {
        return suspicion == null ? otherwise : suspicion;
    }
}
