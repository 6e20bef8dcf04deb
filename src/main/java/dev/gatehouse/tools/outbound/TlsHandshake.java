package dev.gatehouse.tools.outbound;

import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The result of a TLS handshake. Every certificate is accepted; its problems are recorded.
 *
 * @param protocol such as {@code TLSv1.3}
 * @param alpn the negotiated protocol, or empty
 * @param chain as the server sent it, the leaf first
 * @param chainProblem why the chain leads to no public root, or null
 * @param nameProblem why the certificate is not valid for the name, or null
 * @param stapled whether an OCSP response came with it
 */
public record TlsHandshake(
        String protocol,
        String cipherSuite,
        String alpn,
        List<X509Certificate> chain,
        @Nullable String chainProblem,
        @Nullable String nameProblem,
        boolean stapled) {}
