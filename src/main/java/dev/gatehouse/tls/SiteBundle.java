package dev.gatehouse.tls;

import org.springframework.boot.autoconfigure.ssl.PemSslBundleProperties;
import org.springframework.boot.autoconfigure.ssl.SslBundleProperties;
import org.springframework.boot.autoconfigure.ssl.SslProperties;
import org.springframework.util.StringUtils;

/** Which SSL bundle the HTTPS connector serves: the configured or a self-signed one. */
enum SiteBundle {
    /** {@code spring.ssl.bundle.pem.site.*}, or a key store: see {@link SiteKeyStore}. */
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
        if (ssl.getBundle().getJks().containsKey(CONFIGURED.bundleName)) {
            return CONFIGURED;
        }
        PemSslBundleProperties site = ssl.getBundle().getPem().get(CONFIGURED.bundleName);
        return site != null && isAnySet(site.getKeystore()) ? CONFIGURED : SELF_SIGNED;
    }

    /** What the bundle 'site' is of: a key store, PEM files, or options alone. */
    static SslBundleProperties properties(SslProperties ssl) {
        SslBundleProperties site = ssl.getBundle().getJks().get(CONFIGURED.bundleName);
        return site == null
                ? ssl.getBundle()
                        .getPem()
                        .getOrDefault(CONFIGURED.bundleName, new PemSslBundleProperties())
                : site;
    }

    private static boolean isAnySet(PemSslBundleProperties.Store store) {
        return StringUtils.hasText(store.getCertificate())
                || StringUtils.hasText(store.getPrivateKey());
    }
}
