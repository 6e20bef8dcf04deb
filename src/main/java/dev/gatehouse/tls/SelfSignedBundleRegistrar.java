package dev.gatehouse.tls;

import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.ssl.PemSslBundleProperties;
import org.springframework.boot.autoconfigure.ssl.SslBundleRegistrar;
import org.springframework.boot.autoconfigure.ssl.SslProperties;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundleKey;
import org.springframework.boot.ssl.SslBundleRegistry;
import org.springframework.boot.ssl.SslOptions;
import org.springframework.boot.ssl.SslStoreBundle;

/** Registers a self-signed bundle where no certificate is configured, and says so. */
class SelfSignedBundleRegistrar implements SslBundleRegistrar {

    private static final Logger logger = LoggerFactory.getLogger(SelfSignedBundleRegistrar.class);

    private final SslProperties ssl;
    private final Clock clock;

    SelfSignedBundleRegistrar(SslProperties ssl, Clock clock) {
        this.ssl = ssl;
        this.clock = clock;
    }

    @Override
    public void registerBundles(SslBundleRegistry registry) {
        if (SiteBundle.of(ssl) == SiteBundle.CONFIGURED) {
            return;
        }
        LocalNames names = LocalNames.ofThisMachine();
        SelfSignedCertificate certificate = SelfSignedCertificate.create(names, clock.instant());
        registry.registerBundle(SiteBundle.SELF_SIGNED.bundleName(), bundle(certificate));
        logger.warn(
                "No certificate is configured: serving a self-signed one for {}, which no browser"
                        + " trusts. Set spring.ssl.bundle.pem.site.keystore.certificate and"
                        + " spring.ssl.bundle.pem.site.keystore.private-key to your PEM files.",
                String.join(", ", names.dnsNames()));
    }

    private SslBundle bundle(SelfSignedCertificate certificate) {
        return SslBundle.of(
                SslStoreBundle.of(certificate.keyStore(), "", null), SslBundleKey.NONE, options());
    }

    /** The protocols and ciphers that a configured certificate would be served with. */
    private SslOptions options() {
        PemSslBundleProperties site = SiteBundle.pem(ssl);
        return site == null
                ? SslOptions.NONE
                : SslOptions.of(
                        site.getOptions().getCiphers(), site.getOptions().getEnabledProtocols());
    }
}
