package dev.gatehouse.tls;

import dev.gatehouse.connector.IpAddressFormat;
import dev.gatehouse.tls.engine.AnyCertificate;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/** Takes the certificate from the wire, by a whole handshake such as any client's. */
public final class WireLook {

    private static final String[] RSA = {
        "rsa_pss_rsae_sha256", "rsa_pss_rsae_sha384", "rsa_pkcs1_sha256", "rsa_pkcs1_sha384"
    };
    private static final String[] ECDSA = {
        "ecdsa_secp256r1_sha256", "ecdsa_secp384r1_sha384", "ecdsa_secp521r1_sha512"
    };

    private final Duration timeout;

    public WireLook(Duration timeout) {
        this.timeout = timeout;
    }

    /** What a look brought. */
    public sealed interface Sight {

        /** The server's own certificate. */
        record Seen(X509Certificate leaf, String protocol, String cipherSuite) implements Sight {}

        /** No handshake came about. */
        record Unseen(String reason) implements Sight {}
    }

    /**
     * Looks once, and never throws. A context of its own, so that no session is resumed.
     *
     * @param serverName the name to ask for, or null to ask for none
     * @param keyAlgorithm {@code RSA} or {@code EC} to verify no other key, or null for any
     */
    public Sight at(
            InetSocketAddress address, @Nullable String serverName, @Nullable String keyAlgorithm) {
        try (Socket socket = new Socket()) {
            int millis = Math.toIntExact(timeout.toMillis());
            socket.connect(address, millis);
            socket.setSoTimeout(millis);
            try (SSLSocket tls = over(socket, address, serverName, keyAlgorithm)) {
                tls.startHandshake();
                Sight sight = sight(tls);
                tls.getOutputStream().write(question(serverName));
                tls.getInputStream().readAllBytes();
                return sight;
            }
        } catch (IOException | GeneralSecurityException | RuntimeException ex) {
            return new Sight.Unseen(Causes.of(ex));
        }
    }

    /** Something is asked, lest the look be counted as a scan; of the host that the hello named. */
    private static byte[] question(@Nullable String serverName) {
        return ("GET /ping HTTP/1.1\r\nHost: "
                        + (serverName == null ? "localhost" : serverName)
                        + "\r\nUser-Agent: gatehouse-probe\r\nConnection: close\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static SSLSocket over(
            Socket socket,
            InetSocketAddress address,
            @Nullable String serverName,
            @Nullable String keyAlgorithm)
            throws IOException, GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new AnyCertificate()}, null);
        SSLSocket tls =
                (SSLSocket)
                        context.getSocketFactory()
                                .createSocket(
                                        socket,
                                        IpAddressFormat.format(address.getAddress()),
                                        address.getPort(),
                                        true);
        SSLParameters parameters = tls.getSSLParameters();
        if (serverName != null) {
            parameters.setServerNames(List.of(new SNIHostName(serverName)));
        }
        if (keyAlgorithm != null) {
            parameters.setSignatureSchemes(keyAlgorithm.equals("RSA") ? RSA : ECDSA);
        }
        tls.setSSLParameters(parameters);
        return tls;
    }

    private static Sight sight(SSLSocket tls) throws IOException {
        return tls.getSession().getPeerCertificates()[0] instanceof X509Certificate leaf
                ? new Sight.Seen(
                        leaf, tls.getSession().getProtocol(), tls.getSession().getCipherSuite())
                : new Sight.Unseen("the server's certificate is no X.509 certificate");
    }
}
