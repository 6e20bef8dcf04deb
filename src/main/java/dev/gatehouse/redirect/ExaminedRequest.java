package dev.gatehouse.redirect;

import dev.gatehouse.connector.ConnectorName;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.PathContainer;

/**
 * A request on its way through the rules: what several of them ask is worked out once, and only if
 * one asks.
 */
final class ExaminedRequest {

    private final RedirectRequest facts;
    private byte @Nullable [] peer;
    private boolean isHostParsed;
    private @Nullable RequestedHost host;
    private @Nullable PathContainer parsedPath;
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

    PathContainer parsedPath() {
        PathContainer known = parsedPath;
        if (known == null) {
            known = PathContainer.parsePath(facts.path());
            parsedPath = known;
        }
        return known;
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
