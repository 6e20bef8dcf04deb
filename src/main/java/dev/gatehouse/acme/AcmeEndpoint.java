package dev.gatehouse.acme;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;

/** {@code /actuator/acme}: the certificate and its renewal; a POST renews now. */
@Endpoint(id = "acme")
class AcmeEndpoint {

    private static final Logger logger = LoggerFactory.getLogger(AcmeEndpoint.class);

    private final AcmeState state;
    private final CertificateRenewal renewal;

    AcmeEndpoint(AcmeState state, CertificateRenewal renewal) {
        this.state = state;
        this.renewal = renewal;
    }

    /**
     * The certificate and its renewal.
     *
     * @param state pending, valid or failing
     * @param served the certificate, or null before the first
     * @param renewAt when it is renewed
     * @param nextAttempt when a failed attempt is repeated
     */
    record Report(
            String state,
            List<String> domains,
            String directory,
            @Nullable Served served,
            @Nullable Instant lastSuccess,
            @Nullable Instant renewAt,
            @Nullable Instant nextAttempt,
            @Nullable Failure lastFailure) {}

    /** The certificate that is served. */
    record Served(String issuer, String serial, Instant notBefore, Instant notAfter) {}

    /** The last attempt, where it failed. */
    record Failure(String kind, String message, String remedy, Instant at) {}

    /** What a POST led to. */
    record Renewal(boolean started, String detail) {}

    @ReadOperation
    Report report() {
        return new Report(
                state.phase(),
                state.names(),
                state.properties().ca().toString(),
                state.served().map(file -> served(file.leaf())).orElse(null),
                state.lastSuccess().orElse(null),
                state.renewal().orElse(null),
                state.nextAttempt().orElse(null),
                state.lastFailure().map(AcmeEndpoint::failure).orElse(null));
    }

    private static Served served(X509Certificate leaf) {
        return new Served(
                leaf.getIssuerX500Principal().getName(),
                leaf.getSerialNumber().toString(16),
                leaf.getNotBefore().toInstant(),
                leaf.getNotAfter().toInstant());
    }

    private static Failure failure(AcmeState.Failure failure) {
        return new Failure(
                failure.kind().tag(), failure.message(), failure.kind().remedy(), failure.at());
    }

    /** Starts an order; how it ends is in the log and in the report. */
    @WriteOperation
    Renewal renew() {
        try {
            Instant forbidden = renewal.forbiddenUntil().orElse(null);
            if (forbidden != null) {
                return new Renewal(
                        false,
                        "the certificate authority wants no further attempt before " + forbidden);
            }
        } catch (AcmeFailure failure) {
            return new Renewal(false, failure.message());
        }
        if (renewal.isRunning()) {
            return new Renewal(false, "an order is in progress");
        }
        Thread.ofPlatform().daemon().name("acme-renew-now").start(this::renewNow);
        return new Renewal(true, "a certificate is being ordered");
    }

    private void renewNow() {
        try {
            renewal.renew();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error ex) {
            logger.error("The renewal that was asked for failed", ex);
        }
    }
}
