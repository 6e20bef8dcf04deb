package dev.gatehouse.tools.frontdoor;

import static dev.gatehouse.tools.frontdoor.Area.TLS;

import dev.gatehouse.tools.outbound.Handshake;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Whether the certificate is good for the name, for how long, and what came with it. */
record CertificateRules(Handshake handshake, Evidence evidence, Instant now) {

    private static final String SCT_LIST = "1.3.6.1.4.1.11129.2.4.2"; // RFC 6962, 3.3

    List<Finding> judge() {
        return List.of(trust(), expiry(), stapling(), transparency());
    }

    private X509Certificate leaf() {
        return handshake.chain().getFirst();
    }

    private Finding trust() {
        if (handshake.chainProblem() != null) {
            return Finding.bad(
                    TLS,
                    "cert_chain_of_trust",
                    50,
                    "The certificate chain leads to no public root: " + handshake.chainProblem(),
                    evidence,
                    "Serve a certificate of a public authority, with its intermediates.");
        }
        if (handshake.nameProblem() != null) {
            return Finding.bad(
                    TLS,
                    "cert_trust",
                    50,
                    "The certificate is not good for the name: " + handshake.nameProblem(),
                    evidence,
                    "Add the name to the certificate's subject alternative names.");
        }
        return Finding.good(TLS, "cert_trust", "The certificate is good for the name.", evidence);
    }

    private Finding expiry() {
        Instant end = leaf().getNotAfter().toInstant();
        Duration left = Duration.between(now, end);
        Duration life = Duration.between(leaf().getNotBefore().toInstant(), end);
        String title = "The certificate ends in %d days.".formatted(left.toDays());
        if (left.isNegative()) {
            return Finding.bad(
                    TLS,
                    "cert_notAfter",
                    50,
                    "The certificate has ended, on " + end + ".",
                    evidence,
                    "Renew it now.");
        }
        if (left.multipliedBy(6).compareTo(life) < 0) {
            return Finding.weak(
                    TLS,
                    "cert_notAfter",
                    5,
                    title,
                    evidence,
                    "It should have been renewed by now: see whether renewal works.");
        }
        return Finding.good(TLS, "cert_notAfter", title, evidence);
    }

    private Finding stapling() {
        return Finding.note(
                TLS,
                "OCSP_stapling",
                handshake.stapled()
                        ? "An OCSP response is stapled."
                        : "No OCSP response is stapled; many authorities offer none any more.",
                evidence);
    }

    private Finding transparency() {
        return Finding.note(
                TLS,
                "certificate_transparency",
                leaf().getExtensionValue(SCT_LIST) == null
                        ? "The certificate holds no signed certificate timestamps (SCT)."
                        : "The certificate holds signed certificate timestamps (SCT).",
                evidence);
    }
}
