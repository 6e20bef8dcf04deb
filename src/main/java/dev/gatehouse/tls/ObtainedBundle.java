package dev.gatehouse.tls;

import org.springframework.boot.autoconfigure.ssl.PemSslBundleProperties;
import org.springframework.boot.autoconfigure.ssl.PropertiesSslBundle;
import org.springframework.boot.autoconfigure.ssl.SslBundleProperties;
import org.springframework.boot.autoconfigure.ssl.SslProperties;
import org.springframework.boot.ssl.SslBundle;

/** The SSL bundle of an obtained certificate, with the options of the site's bundle. */
final class ObtainedBundle {

    private ObtainedBundle() {}

    static SslBundle of(ObtainedCertificate.Pem pem, SslProperties ssl) {
        SslBundleProperties site = SiteBundle.properties(ssl);
        PemSslBundleProperties bundle = new PemSslBundleProperties();
        bundle.getOptions().setCiphers(site.getOptions().getCiphers());
        bundle.getOptions().setEnabledProtocols(site.getOptions().getEnabledProtocols());
        bundle.getKeystore().setCertificate(pem.chain());
        bundle.getKeystore().setPrivateKey(pem.privateKey());
        return PropertiesSslBundle.get(bundle);
    }
}
