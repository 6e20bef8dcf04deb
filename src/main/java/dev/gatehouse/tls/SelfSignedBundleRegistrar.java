package dev.gatehouse.tls;

import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.ssl.SslBundleProperties;
import org.springframework.boot.autoconfigure.ssl.SslBundleRegistrar;
import org.springframework.boot.autoconfigure.ssl.SslProperties;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundleKey;
import org.springframework.boot.ssl.SslBundleRegistry;
import org.springframework.boot.ssl.SslOptions;
import org.springframework.boot.ssl.SslStoreBundle;

/**
 * Registers a self-signed bundle where no certificate is configured or obtained, logs that, and
 * renews it before it ends.
 */
class SelfSignedBundleRegistrar implements SslBundleRegistrar {

    private static final Logger logger = LoggerFactory.getLogger(SelfSignedBundleRegistrar.class);

    private static final Duration RENEWED_BEFORE_END = Duration.ofDays(30);

    private final SslProperties ssl;
    private final @Nullable ObtainedCertificate obtained;
    private final Clock clock;

    SelfSignedBundleRegistrar(
            SslProperties ssl, @Nullable ObtainedCertificate obtained, Clock clock) {
        this.ssl = ssl;
        this.obtained = obtained;
        this.clock = clock;
    }

    @Override
    public void registerBundles(SslBundleRegistry registry) {
        if (SiteBundle.of(ssl) == SiteBundle.CONFIGURED) {
            return;
        }
        Optional<ObtainedCertificate.Pem> stored =
                obtained == null ? Optional.empty() : obtained.stored();
        if (stored.isPresent()) {
            registry.registerBundle(bundleName(), ObtainedBundle.of(stored.get(), ssl));
            return;
        }
        LocalNames names = names();
        CertificateAndKey certificate = SelfSignedCertificate.create(names, clock.instant());
        registry.registerBundle(bundleName(), bundle(certificate));
        if (obtained != null) {
            logger.info(
                    "Serving a self-signed certificate for {} until one is obtained (SHA-256"
                            + " fingerprint {})",
                    String.join(", ", names.dnsNames()),
                    Certificates.fingerprint(certificate.leaf()));
            return;
        }
        logger.warn(
                "No certificate is configured: serving a self-signed one for {}, which no browser"
                        + " trusts (SHA-256 fingerprint {}). Set"
                        + " spring.ssl.bundle.pem.site.keystore.certificate and"
                        + " spring.ssl.bundle.pem.site.keystore.private-key to your PEM files,"
                        + " server.ssl.key-store to a PKCS#12 file, or gatehouse.acme.domains to have one obtained.",
                String.join(", ", names.dnsNames()),
                Certificates.fingerprint(certificate.leaf()));
    }

    /** Replaces a self-signed certificate that expires soon. */
    void renewIfDue(X509Certificate current, SslBundleRegistry registry) {
        if (current.getNotAfter().toInstant().minus(RENEWED_BEFORE_END).isAfter(clock.instant())) {
            return;
        }
        CertificateAndKey renewed = SelfSignedCertificate.create(names(), clock.instant());
        registry.updateBundle(bundleName(), bundle(renewed));
        logger.warn(
                "The self-signed certificate was renewed before its end (SHA-256 fingerprint {})",
                Certificates.fingerprint(renewed.leaf()));
    }

    private String bundleName() {
        return obtained == null ? SiteBundle.SELF_SIGNED.bundleName() : obtained.bundleName();
    }

    private LocalNames names() {
        LocalNames local = LocalNames.ofThisMachine();
        return obtained == null ? local : local.and(obtained.names());
    }

    private SslBundle bundle(CertificateAndKey certificate) {
        return SslBundle.of(
                SslStoreBundle.of(certificate.keyStore(), CertificateAndKey.NO_PASSWORD, null),
                SslBundleKey.NONE,
                options());
    }

    /** The protocols and ciphers that a configured certificate would be served with. */
    private SslOptions options() {
        SslBundleProperties site = SiteBundle.properties(ssl);
        return SslOptions.of(
                site.getOptions().getCiphers(), site.getOptions().getEnabledProtocols());
    }
}
