package dev.gatehouse.tls;

import java.security.cert.X509Certificate;
import java.util.Set;
import java.util.TreeSet;

/** The certificates that the HTTPS connector is to serve, followed at each reload. */
public class ServedCertificate {

    private final GuardedSslBundles bundles;
    private final ServedBundles served;
    private volatile CertificateNames names;

    ServedCertificate(GuardedSslBundles bundles, ServedBundles served) {
        this.bundles = bundles;
        this.served = served;
        this.names = readNames();
        served.all()
                .forEach(
                        bundle ->
                                bundles.addBundleUpdateHandler(
                                        bundle.name(), _ -> this.names = readNames()));
    }

    private CertificateNames readNames() {
        Set<String> dnsNames = new TreeSet<>();
        Set<String> addresses = new TreeSet<>();
        for (ServedBundle bundle : served.all()) {
            CertificateNames some = CertificateNames.of(bundles.leaf(bundle.name()));
            dnsNames.addAll(some.dnsNames());
            addresses.addAll(some.addresses());
        }
        return new CertificateNames(Set.copyOf(dnsNames), Set.copyOf(addresses));
    }

    /** The default certificate, which a client gets that asks for no name, or for none of ours. */
    public X509Certificate leaf() {
        return bundles.leaf(served.byDefault().name());
    }

    /** The names and addresses that any of the certificates is good for. */
    public CertificateNames names() {
        return names;
    }

    /** Whether the default is the one that Gatehouse made because none was configured. */
    public boolean isSelfSigned() {
        return served.isSelfSigned();
    }
}
