package dev.gatehouse.tools.outbound;

/** Reaches other hosts: an address resolver and a probe client under one guard. */
public record OutboundClient(AddressResolver resolver, ProbeClient probes) {

    /** Connects to public addresses only. */
    static OutboundClient publicOnly() {
        return guardedBy(AddressGuard.publicAddresses());
    }

    /**
     * Connects to any address. Only for URLs from the operator's own configuration, which may well
     * be internal; never for one that a user has typed.
     */
    static OutboundClient unrestricted() {
        return guardedBy(_ -> true);
    }

    private static OutboundClient guardedBy(AddressGuard guard) {
        return new OutboundClient(
                new AddressResolver(DnsLookup.SYSTEM, guard),
                new ProbeClient(Dialer.guarded(guard), RecordingTrustManager.roots(null)));
    }
}
