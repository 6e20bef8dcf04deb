package dev.gatehouse.tls;

import dev.gatehouse.config.InvalidPropertyException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.boot.autoconfigure.ssl.SslBundleProperties;
import org.springframework.boot.autoconfigure.ssl.SslBundleRegistrar;
import org.springframework.boot.autoconfigure.ssl.SslProperties;
import org.springframework.boot.ssl.SslBundleRegistry;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Hands {@code gatehouse.tls.certificates[]} to Spring Boot, as PEM bundles that it registers and
 * watches like any other.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
class ServerNameBundles implements SslBundleRegistrar {

    private final SslProperties ssl;
    private final List<CertificateProperties> certificates;

    ServerNameBundles(SslProperties ssl, TlsProperties tls) {
        this.ssl = ssl;
        this.certificates = tls.certificates();
    }

    @Override
    public void registerBundles(SslBundleRegistry registry) {
        rejectSharedNames();
        SslBundleProperties site = SiteBundle.properties(ssl);
        for (int i = 0; i < certificates.size(); i++) {
            ssl.getBundle()
                    .getPem()
                    .put(ServedBundles.bundleName(i), certificates.get(i).asBundle(site));
        }
    }

    private void rejectSharedNames() {
        Map<String, Integer> owners = new HashMap<>();
        for (int i = 0; i < certificates.size(); i++) {
            for (String name : certificates.get(i).names()) {
                Integer owner = owners.putIfAbsent(name, i);
                if (owner != null) {
                    throw new InvalidPropertyException(
                            "gatehouse.tls.certificates[" + i + "].names",
                            name,
                            "is a name of gatehouse.tls.certificates[" + owner + "] too",
                            "Give each name to one certificate.");
                }
            }
        }
    }
}
