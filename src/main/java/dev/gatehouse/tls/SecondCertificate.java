package dev.gatehouse.tls;

import dev.gatehouse.connector.nio.ConnectorProtocol;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.catalina.connector.Connector;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.tomcat.TomcatConnectorCustomizer;

/**
 * Serves two pairs for the default's names, ECDSA and RSA, and lets Tomcat choose by what the
 * client can verify. Spring Boot knows one pair a name, so the second is added to each
 * configuration that it makes.
 */
record SecondCertificate(CheckedSslBundles bundles, ServedBundle first, ServedBundle second)
        implements TomcatConnectorCustomizer, Consumer<SSLHostConfig> {

    @Override
    public void customize(Connector connector) {
        if (connector.getProtocolHandler() instanceof ConnectorProtocol protocol
                && protocol.isSSLEnabled()) {
            protocol.completeHostConfigs(this);
            bundles.addBundleUpdateHandler(second.name(), _ -> bundles.handOverAgain(first.name()));
        }
    }

    @Override
    public void accept(SSLHostConfig config) {
        if (config.getHostName().equals(new SSLHostConfig().getHostName())) {
            Set<SSLHostConfigCertificate> certificates = config.getCertificates();
            certificates.clear();
            config.addCertificate(certificate(config, first));
            config.addCertificate(certificate(config, second));
        }
    }

    private SSLHostConfigCertificate certificate(SSLHostConfig config, ServedBundle served) {
        SslBundle bundle = bundles.getBundle(served.name());
        SSLHostConfigCertificate certificate =
                new SSLHostConfigCertificate(
                        config, type(bundles.leaf(served.name()).getPublicKey().getAlgorithm()));
        String password = bundle.getStores().getKeyStorePassword();
        certificate.setCertificateKeystorePassword(password == null ? "" : password);
        certificate.setCertificateKeystore(bundle.getStores().getKeyStore());
        return certificate;
    }

    private static SSLHostConfigCertificate.Type type(String algorithm) {
        return algorithm.equals("RSA")
                ? SSLHostConfigCertificate.Type.RSA
                : SSLHostConfigCertificate.Type.EC;
    }
}
