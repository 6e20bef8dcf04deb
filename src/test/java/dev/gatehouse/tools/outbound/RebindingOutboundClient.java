package dev.gatehouse.tools.outbound;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A client with the guard as it is delivered, whose name server answers with a public address first
 * and with a loopback address afterwards.
 */
public final class RebindingOutboundClient {

    private static final InetAddress PUBLIC = InetAddress.ofLiteral("93.184.215.14");
    private static final InetAddress INTERNAL = InetAddress.ofLiteral("127.0.0.1");

    private final AtomicInteger lookups = new AtomicInteger();
    private final OutboundClient client;

    /**
     * Leads to these ports of loopback addresses.
     *
     * @param sitePort of the public address, since no test connects to it
     * @param internalPort of the internal address
     */
    public RebindingOutboundClient(int sitePort, int internalPort) {
        AddressGuard guard = AddressGuard.publicAddresses();
        Dialer guarded = Dialer.guarded(guard);
        Dialer dialer =
                (address, _, timeout) ->
                        address.equals(PUBLIC)
                                ? Dialer.connect(
                                        new InetSocketAddress("127.0.0.71", sitePort), timeout)
                                : guarded.dial(address, internalPort, timeout);
        this.client =
                OutboundClient.of(
                        TargetPolicy.PUBLIC,
                        new AddressResolver(
                                _ -> List.of(lookups.getAndIncrement() == 0 ? PUBLIC : INTERNAL),
                                guard),
                        dialer,
                        RecordingTrustManager.roots(null));
    }

    public OutboundClient client() {
        return client;
    }

    /** The number of queries so far. */
    public int lookups() {
        return lookups.get();
    }
}
