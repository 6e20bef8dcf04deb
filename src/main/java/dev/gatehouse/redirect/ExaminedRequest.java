package dev.gatehouse.redirect;

import dev.gatehouse.connector.ConnectorName;
import dev.gatehouse.gateway.PeerAddress;
import dev.gatehouse.gateway.RequestPath;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request on its way through the rules: what several of them ask is worked out once, and only if
 * one asks.
 */
final class ExaminedRequest {

    private static final String FORWARDED_PROTO = "X-Forwarded-Proto";

    private final RedirectRequest facts;
    private byte @Nullable [] peer;
    private boolean isHostParsed;
    private @Nullable RequestedHost host;
    private @Nullable RequestPath path;
    private @Nullable Reason suspicion;

    ExaminedRequest(RedirectRequest facts) {
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

    /** The host that is asked for, or null where there is none or it is not one. */
    @Nullable RequestedHost host() {
        String header = facts.host();
        if (!isHostParsed && header != null) {
            host = RequestedHost.parse(header);
        }
        isHostParsed = true;
        return host;
    }

    RequestPath path() {
        RequestPath known = path;
        if (known == null) {
            known = new RequestPath(facts.path());
            path = known;
        }
        return known;
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

    /** The first suspicion stays. */
    void suspect(Reason reason) {
        suspicion = suspicion == null ? reason : suspicion;
    }

    /** The reason to give: what is suspected, or else that one. */
    Reason reasonOr(Reason otherwise) {
        return suspicion == null ? otherwise : suspicion;
    }
}
