package dev.gatehouse.redirect;

import dev.gatehouse.tls.CertificateNames;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The names in the certificate that is being served: those that a visitor's browser will accept.
 */
class CertificateSiteNames implements SiteNames {

    private final Supplier<CertificateNames> names;

    CertificateSiteNames(Supplier<CertificateNames> names) {
        this.names = names;
    }

    @Override
    public boolean covers(RequestedHost host) {
        return host.address() == null
                ? names.get().coversName(host.name())
                : names.get().coversAddress(host.address());
    }

    @Override
    public List<String> describe() {
        CertificateNames current = names.get();
        return Stream.concat(
                        current.dnsNames().stream().sorted(), current.addresses().stream().sorted())
                .toList();
    }
}
