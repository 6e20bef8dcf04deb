package dev.gatehouse.tools.outbound;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Opens TCP connections under the guard: the name is resolved once for each, and the address that
 * came of it is checked again when it is connected to.
 */
public final class GuardedConnector {

    private final AddressResolver resolver;
    private final Dialer dialer;
    private final @Nullable OpenedSite site;
    private final GuardedConnector toSite;

    GuardedConnector(AddressResolver resolver, Dialer dialer) {
        this.resolver = resolver;
        this.dialer = dialer;
        this.site = null;
        this.toSite = this;
    }

    private GuardedConnector(GuardedConnector guarded, OpenedSite site) {
        this.resolver = guarded.resolver;
        this.dialer = guarded.dialer;
        this.site = site;
        this.toSite =
                new GuardedConnector(
                        resolver.opened(),
                        (address, port, timeoutMillis) ->
                                resolver.allows(address) || MetadataAddresses.contains(address)
                                        ? dialer.dial(address, port, timeoutMillis)
                                        : Dialer.connect(
                                                new InetSocketAddress(address, port),
                                                timeoutMillis));
    }

    /** The same, but that site may have an address that is not public: for an operator's own. */
    GuardedConnector opening(OpenedSite own) {
        return new GuardedConnector(this, own);
    }

    /** The name could not be looked up now. */
    public static final class LookupFailedException extends IOException {

        private static final long serialVersionUID = 1L;

        LookupFailedException(String host) {
            super("the name " + host + " could not be looked up");
        }
    }

    /**
     * Connects to the first of the host's addresses that answers. Whether the host and the port may
     * be visited at all, {@link TargetPolicy} has decided. An interrupt of the thread closes it.
     *
     * @param host a name or an address; IPv6 in brackets or not
     * @throws UnknownHostException if it has none, or one that is not allowed: the two look alike
     * @throws LookupFailedException if it could not be looked up now
     */
    public Socket connect(String host, int port, Duration time) throws IOException {
        return site != null && site.matches(host, port)
                ? toSite.open(host, port, time)
                : open(host, port, time);
    }

    private Socket open(String host, int port, Duration time) throws IOException {
        long deadline = System.nanoTime() + time.toNanos();
        List<InetAddress> addresses = addresses(host, time);
        IOException last = new ConnectException("no address");
        for (int i = 0; i < addresses.size(); i++) {
            long share = (deadline - System.nanoTime()) / (addresses.size() - i);
            try {
                return dialer.dial(
                        addresses.get(i),
                        port,
                        Math.clamp(share / 1_000_000, 1, Integer.MAX_VALUE));
            } catch (IOException ex) {
                last = ex;
            }
        }
        throw last;
    }

    private List<InetAddress> addresses(String host, Duration time) throws IOException {
        return switch (resolver.resolve(host, ResourceBudget.of(time))) {
            case AddressResolver.Resolved(List<InetAddress> addresses) -> addresses;
            case AddressResolver.NoPublicAddress _ -> throw new UnknownHostException(host);
            case AddressResolver.LookupFailed _ -> throw new LookupFailedException(host);
        };
    }
}
