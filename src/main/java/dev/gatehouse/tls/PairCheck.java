package dev.gatehouse.tls;

import dev.gatehouse.tls.engine.Rehearsal;
import dev.gatehouse.tls.engine.TlsEngine;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import org.springframework.boot.ssl.SslBundle;

/**
 * What a new pair has to stand before it takes the place of one that works: it can be read, belongs
 * together, is valid now, and the engine of the connector completes a handshake with it.
 */
class PairCheck {

    private final TlsEngine engine;
    private final Clock clock;

    PairCheck(TlsEngine engine, Clock clock) {
        this.engine = engine;
        this.clock = clock;
    }

    /** The bundle's own certificate. */
    X509Certificate check(SslBundle bundle) throws UnusablePairException {
        Pair pair = Pair.of(bundle);
        if (!pair.belongsTogether(engine)) {
            throw new UnusablePairException("the private key is not the certificate's");
        }
        checkValidity(pair.leaf());
        try {
            Rehearsal.play(engine, bundle);
        } catch (GeneralSecurityException | IOException | RuntimeException ex) {
            throw new UnusablePairException("no handshake is possible with it: " + Causes.of(ex));
        }
        return pair.leaf();
    }

    private void checkValidity(X509Certificate leaf) throws UnusablePairException {
        Instant now = clock.instant();
        Instant start = leaf.getNotBefore().toInstant();
        Instant end = leaf.getNotAfter().toInstant();
        if (end.isBefore(now)) {
            throw new UnusablePairException("the certificate expired at " + end);
        }
        if (start.isAfter(now)) {
            throw new UnusablePairException("the certificate is not valid before " + start);
        }
    }
}
