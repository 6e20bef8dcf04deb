package dev.gatehouse.tools.outbound;

import java.util.Set;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Reaches other hosts, under one guard.
 *
 * @param targets which URLs may be visited, by their text
 * @param resolver which addresses a name leads to
 * @param connector opens TCP connections
 * @param probes sends single requests to the byte
 * @param crawl fetches pages
 */
public record OutboundClient(
        TargetPolicy targets,
        AddressResolver resolver,
        GuardedConnector connector,
        ProbeClient probes,
        CrawlClient crawl) {

    private static final String USER_AGENT = "gatehouse-crawler/1";

    /** Connects to public addresses, and those of the operator's own networks. */
    static OutboundClient guarded(OutboundProperties properties) {
        TargetPolicy targets =
                new TargetPolicy(
                        Set.copyOf(properties.allowedPorts()),
                        !properties.allowedNetworks().isEmpty());
        return of(targets, AddressGuard.publicAnd(properties.networks()));
    }

    /**
     * Connects to any address but those of metadata services. Only for URLs from the operator's own
     * configuration, which may well be internal; never for one that a user has typed.
     */
    static OutboundClient unrestricted() {
        return of(TargetPolicy.ANY, AddressGuard.anyButMetadata());
    }

    private static OutboundClient of(TargetPolicy targets, AddressGuard guard) {
        return of(
                targets,
                new AddressResolver(DnsLookup.SYSTEM, guard),
                Dialer.guarded(guard),
                RecordingTrustManager.roots(null));
    }

    static OutboundClient of(
            TargetPolicy targets,
            AddressResolver resolver,
            Dialer dialer,
            X509ExtendedTrustManager roots) {
        GuardedConnector connector = new GuardedConnector(resolver, dialer);
        return new OutboundClient(
                targets,
                resolver,
                connector,
                new ProbeClient(dialer, roots),
                new CrawlClient(connector, roots, targets, USER_AGENT));
    }
}
