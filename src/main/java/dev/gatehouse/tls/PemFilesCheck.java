package dev.gatehouse.tls;

import dev.gatehouse.tls.engine.TlsEngine;
import org.springframework.boot.autoconfigure.ssl.PemSslBundleProperties;
import org.springframework.boot.autoconfigure.ssl.SslBundleRegistrar;
import org.springframework.boot.autoconfigure.ssl.SslProperties;
import org.springframework.boot.ssl.SslBundleRegistry;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Reads the configured PEM files before Spring Boot does, for a better message. */
@Order(Ordered.HIGHEST_PRECEDENCE)
class PemFilesCheck implements SslBundleRegistrar {

    private final SslProperties ssl;
    private final TlsProperties tls;
    private final TlsEngine engine;

    PemFilesCheck(SslProperties ssl, TlsProperties tls, TlsEngine engine) {
        this.ssl = ssl;
        this.tls = tls;
        this.engine = engine;
    }

    @Override
    public void registerBundles(SslBundleRegistry registry) {
        PemSslBundleProperties site = SiteBundle.pem(ssl);
        if (site != null && SiteBundle.of(ssl) == SiteBundle.CONFIGURED) {
            new PemFiles("spring.ssl.bundle.pem.site.keystore", site.getKeystore()).check(engine);
        }
        for (int i = 0; i < tls.certificates().size(); i++) {
            new PemFiles(
                            "gatehouse.tls.certificates[" + i + "]",
                            tls.certificates().get(i).asStore())
                    .check(engine);
        }
    }
}
