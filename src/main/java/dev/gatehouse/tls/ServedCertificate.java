package dev.gatehouse.tls;

import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.ssl.SslProperties;

/** The certificates that the HTTPS connector is to serve, followed at each reload. */
public class ServedCertificate {

    private final CheckedSslBundles bundles;
    private final ServedBundles served;
    private final SslProperties ssl;
    private volatile CertificateNames names;
    private volatile boolean selfSigned;
    private volatile @Nullable Issuer issuer;

    /** The issuer that is missing beside that certificate, or null. */
    private record Issuer(X509Certificate leaf, @Nullable String missing) {}

    ServedCertificate(CheckedSslBundles bundles, ServedBundles served, SslProperties ssl) {
        this.bundles = bundles;
        this.served = served;
        this.ssl = ssl;
        this.names = readNames();
        this.selfSigned = readSelfSigned();
        served.all()
                .forEach(
                        bundle ->
                                bundles.addBundleUpdateHandler(
                                        bundle.name(),
                                        _ -> {
                                            this.names = readNames();
                                            this.selfSigned = readSelfSigned();
                                        }));
    }

    /** An obtained certificate is none: no certificate authority signs with the site's own name. */
    private boolean readSelfSigned() {
        return !served.isConfigured()
                && leaf().getSubjectX500Principal().equals(leaf().getIssuerX500Principal());
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

    /** The default certificate, for clients that request no server name, or an unknown one. */
    public X509Certificate leaf() {
        return bundles.leaf(served.byDefault().name());
    }

    /** The names and addresses that any of the certificates is good for. */
    public CertificateNames names() {
        return names;
    }

    /** Whether the default is the one that Gatehouse made because none was configured. */
    public boolean isSelfSigned() {
        return selfSigned;
    }

    /** The issuer whose certificate should be sent with the default one and is not, or null. */
    public @Nullable String missingIssuer() {
        X509Certificate leaf = leaf();
        Issuer known = issuer;
        if (known == null || !known.leaf().equals(leaf)) {
            String name = served.byDefault().name();
            known = new Issuer(leaf, MissingIssuer.of(bundles.chain(name)));
            issuer = known;
        }
        return known.missing();
    }

    /**
     * Serves an obtained certificate by default from now on, if it works.
     *
     * @return the reason why the old one is still served, as a clause, or empty
     */
    public Optional<String> replaceDefault(ObtainedCertificate.Pem pem) {
        return bundles.replace(served.byDefault().name(), ObtainedBundle.of(pem, ssl));
    }
}
