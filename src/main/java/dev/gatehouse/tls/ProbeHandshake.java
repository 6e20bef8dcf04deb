package dev.gatehouse.tls;

import dev.gatehouse.connector.IpAddressFormat;
import dev.gatehouse.tls.engine.TrustAnyCertificate;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * The TLS handshake of a probe with the HTTPS connector. It accepts any certificate, records it and
 * compares it with the configured one. Each handshake has a context of its own, so that no session
 * is resumed.
 */
public final class ProbeHandshake {

    private static final String[] RSA = {
        "rsa_pss_rsae_sha256", "rsa_pss_rsae_sha384", "rsa_pkcs1_sha256", "rsa_pkcs1_sha384"
    };
    private static final String[] ECDSA = {
        "ecdsa_secp256r1_sha256", "ecdsa_secp384r1_sha384", "ecdsa_secp521r1_sha512"
    };

    private final ServedBundles served;
    private final CheckedSslBundles bundles;
    private final ObservedCertificates observed;

    ProbeHandshake(ServedBundles served, CheckedSslBundles bundles, ObservedCertificates observed) {
        this.served = served;
        this.bundles = bundles;
        this.observed = observed;
    }

    /**
     * A connection after its handshake.
     *
     * @param difference how it differs from the configured one, or null if it does not
     */
    public record Connection(SSLSocket socket, @Nullable String difference) {}

    /**
     * Asks for the default certificate.
     *
     * @throws SocketTimeoutException if a read timed out
     * @throws SSLHandshakeException if the handshake failed, a reset included
     */
    public Connection over(Socket connected) throws IOException {
        return over(connected, served.byDefault(), null);
    }

    /** Asks for that name, or for none, and expects that bundle's certificate. */
    Connection over(Socket connected, ServedBundle bundle, @Nullable String serverName)
            throws IOException {
        SSLSocket tls =
                (SSLSocket)
                        context()
                                .getSocketFactory()
                                .createSocket(
                                        connected,
                                        IpAddressFormat.format(connected.getInetAddress()),
                                        connected.getPort(),
                                        true);
        SSLParameters parameters = tls.getSSLParameters();
        if (serverName != null) {
            parameters.setServerNames(List.of(new SNIHostName(serverName)));
        }
        X509Certificate configured = bundles.leaf(bundle.name());
        if (served.second().isPresent() && bundle.isForAnyName()) {
            // Two certificates share the names: ask for one that has this kind of key.
            boolean rsa = configured.getPublicKey().getAlgorithm().equals("RSA");
            parameters.setSignatureSchemes(rsa ? RSA : ECDSA);
        }
        tls.setSSLParameters(parameters);
        handshake(tls);
        X509Certificate leaf = (X509Certificate) tls.getSession().getPeerCertificates()[0];
        observed.add(bundle.name(), leaf);
        return new Connection(tls, leaf.equals(configured) ? null : difference(leaf, configured));
    }

    private static void handshake(SSLSocket tls) throws IOException {
        try {
            tls.startHandshake();
        } catch (IOException ex) {
            if (ex instanceof SocketTimeoutException
                    || ex.getCause() instanceof SocketTimeoutException) {
                throw new SocketTimeoutException();
            }
            throw new SSLHandshakeException(ex.getMessage(), ex);
        }
    }

    private static String difference(X509Certificate leaf, X509Certificate configured) {
        return "the certificate on the wire (serial %x) is not the configured one (serial %x)"
                .formatted(leaf.getSerialNumber(), configured.getSerialNumber());
    }

    private static SSLContext context() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new TrustAnyCertificate()}, null);
            return context;
        } catch (GeneralSecurityException ex) {
            throw new IllegalStateException(ex); // every Java platform has TLS
        }
    }
}
