package dev.gatehouse.tls;

import dev.gatehouse.config.ExceptionCauses;
import dev.gatehouse.tls.engine.TlsEngine;
import dev.gatehouse.tls.engine.TrialHandshake;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.SslBundle;

/**
 * What a changed certificate must pass before it replaces one that works: the key is its own, it is
 * valid now, and the engine completes a handshake with it.
 */
record CertificateCheck(TlsEngine engine, Clock clock) {

    /** Returns what the bundle holds. */
    CertificateAndKey check(SslBundle bundle) throws UnusableCertificateException {
        CertificateAndKey pair = CertificateAndKey.of(bundle);
        if (pair.match(engine) == CertificateAndKey.Match.NO) {
            throw new UnusableCertificateException("the private key is not the certificate's");
        }
        checkValidity(pair);
        tryHandshake(engine, pair, bundle.getOptions().getEnabledProtocols());
        return pair;
    }

    /** Completes a handshake in memory. */
    static void tryHandshake(
            TlsEngine engine, CertificateAndKey pair, String @Nullable [] protocols)
            throws UnusableCertificateException {
        try {
            TrialHandshake.run(engine, pair.keyStore(), protocols);
        } catch (GeneralSecurityException | IOException | RuntimeException ex) {
            throw new UnusableCertificateException(
                    "this kind of key (%s) cannot be used with %s, no handshake is possible: %s"
                            .formatted(
                                    pair.kindOfKey(), engine.name(), ExceptionCauses.describe(ex)));
        }
    }

    private void checkValidity(CertificateAndKey pair) throws UnusableCertificateException {
        Instant now = clock.instant();
        Instant start = pair.leaf().getNotBefore().toInstant();
        Instant end = pair.leaf().getNotAfter().toInstant();
        if (end.isBefore(now)) {
            throw new UnusableCertificateException("the certificate expired at " + end);
        }
        if (start.isAfter(now)) {
            throw new UnusableCertificateException("the certificate is not valid before " + start);
        }
    }
}
