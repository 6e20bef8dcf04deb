package dev.gatehouse.tls;

import dev.gatehouse.config.DnsName;
import dev.gatehouse.config.InvalidPropertyException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.ssl.PemSslBundleProperties;
import org.springframework.boot.autoconfigure.ssl.SslBundleProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * A certificate for the clients that ask for one of its names (SNI).
 *
 * @param names DNS names, {@code *.example.com} for every name one label below; none for a second
 *     pair beside the default certificate's, of another kind of key: RSA beside ECDSA
 * @param certificate location of the chain in PEM form, the site's own certificate first
 * @param privateKey location of the certificate's private key in PEM form
 * @param privateKeyPassword password of an encrypted private key
 */
record CertificateProperties(
        @DefaultValue List<String> names,
        @DefaultValue("") String certificate,
        @DefaultValue("") String privateKey,
        @Nullable String privateKeyPassword) {

    CertificateProperties {
        names = List.copyOf(names);
    }

    void check(String property) {
        for (int i = 0; i < names.size(); i++) {
            if (!isNameOrWildcard(names.get(i))) {
                throw new InvalidPropertyException(
                        property + ".names[" + i + "]",
                        names.get(i),
                        "is not a DNS name in lower case",
                        "Set it to a name such as shop.example.com or *.example.com.");
            }
        }
    }

    private static boolean isNameOrWildcard(String name) {
        String withoutWildcard = name.startsWith("*.") ? name.substring(2) : name;
        return DnsName.isValid(withoutWildcard) && name.equals(name.toLowerCase(Locale.ROOT));
    }

    /** The same for Spring Boot, reloaded on update, with the options of the site's bundle. */
    PemSslBundleProperties asBundle(SslBundleProperties site) {
        PemSslBundleProperties bundle = new PemSslBundleProperties();
        bundle.setReloadOnUpdate(true);
        bundle.getOptions().setCiphers(site.getOptions().getCiphers());
        bundle.getOptions().setEnabledProtocols(site.getOptions().getEnabledProtocols());
        fill(bundle.getKeystore());
        return bundle;
    }

    PemSslBundleProperties.Store asStore() {
        PemSslBundleProperties.Store store = new PemSslBundleProperties.Store();
        fill(store);
        return store;
    }

    private void fill(PemSslBundleProperties.Store store) {
        store.setCertificate(certificate);
        store.setPrivateKey(privateKey);
        store.setPrivateKeyPassword(privateKeyPassword);
    }
}
