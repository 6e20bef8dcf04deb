package dev.gatehouse.tools.outbound;

import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a TLS handshake showed. No certificate is turned away: whether it is good is a finding.
 *
 * @param protocol such as {@code TLSv1.3}
 * @param alpn the protocol agreed on, or empty
 * @param chain as the server sent it, its own first
 * @param chainProblem why the chain leads to no public root, or null where it does
 * @param nameProblem why it is not good for the name, or null where it is
 * @param stapled whether an OCSP response came with it
 */
public record Handshake(
        String protocol,
        String cipherSuite,
        String alpn,
        List<X509Certificate> chain,
        @Nullable String chainProblem,
        @Nullable String nameProblem,
        boolean stapled) {}
