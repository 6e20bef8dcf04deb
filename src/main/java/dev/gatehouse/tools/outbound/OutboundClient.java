package dev.gatehouse.tools.outbound;

import javax.net.ssl.X509ExtendedTrustManager;

/** Reaches other hosts: an address resolver, a probe client and a crawl client under one guard. */
public record OutboundClient(AddressResolver resolver, ProbeClient probes, CrawlClient crawl) {

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
        return of(
                new AddressResolver(DnsLookup.SYSTEM, guard),
                Dialer.guarded(guard),
                RecordingTrustManager.roots(null));
    }

    static OutboundClient of(
            AddressResolver resolver, Dialer dialer, X509ExtendedTrustManager roots) {
        return new OutboundClient(
                resolver,
                new ProbeClient(dialer, roots),
                new CrawlClient(resolver, dialer, roots, "gatehouse-crawler/1"));
    }
}
