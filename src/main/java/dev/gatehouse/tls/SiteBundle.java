package dev.gatehouse.tls;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.ssl.PemSslBundleProperties;
import org.springframework.boot.autoconfigure.ssl.SslProperties;
import org.springframework.util.StringUtils;

/** Which SSL bundle the HTTPS connector serves: the configured or a self-signed one. */
enum SiteBundle {
    /** {@code spring.ssl.bundle.pem.site.*}. */
    CONFIGURED("site"),
    /** Made at start, in memory. */
    SELF_SIGNED("self-signed");

    private final String bundleName;

    SiteBundle(String bundleName) {
        this.bundleName = bundleName;
    }

    String bundleName() {
        return bundleName;
    }

    static SiteBundle of(SslProperties ssl) {
        PemSslBundleProperties site = pem(ssl);
        return site != null && isAnySet(site.getKeystore()) ? CONFIGURED : SELF_SIGNED;
    }

    static @Nullable PemSslBundleProperties pem(SslProperties ssl) {
        return ssl.getBundle().getPem().get(CONFIGURED.bundleName);
    }

    private static boolean isAnySet(PemSslBundleProperties.Store store) {
        return StringUtils.hasText(store.getCertificate())
                || StringUtils.hasText(store.getPrivateKey());
    }
}
