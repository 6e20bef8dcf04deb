package dev.gatehouse.tools.frontdoor;

import static dev.gatehouse.tools.frontdoor.Area.TLS;

import dev.gatehouse.tools.outbound.HttpExchange;
import dev.gatehouse.tools.outbound.HttpExchange.Answered;
import dev.gatehouse.tools.outbound.TlsHandshake;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The certificate, TLS versions and cipher suites, and what else the two ports speak. */
record TlsRules(Observations.Tls observed, Instant now) {

    private static final String SCT_LIST = "1.3.6.1.4.1.11129.2.4.2"; // RFC 6962, 3.3

    List<Finding> judge() {
        List<Finding> findings = new ArrayList<>();
        TlsHandshake handshake = observed.newest();
        if (handshake == null) {
            findings.add(noHandshake());
        } else {
            Transcript transcript = Transcript.of(handshake);
            findings.add(trust(handshake, transcript));
            findings.add(expiry(handshake, transcript));
            findings.add(stapling(handshake, transcript));
            findings.add(transparency(handshake, transcript));
            findings.add(newestVersion(handshake, transcript));
            findings.add(alpn());
        }
        findings.add(oldVersions());
        findings.add(weakSuites());
        findings.add(plainOnTls());
        if (observed.tlsOnPlain()) {
            findings.add(tlsOnPlain());
        }
        return findings;
    }

    private static Finding noHandshake() {
        return Finding.notTested(
                TLS,
                "cert_trust",
                "The certificate was not tested: there was no TLS handshake.",
                new Transcript("a TLS handshake", "none"));
    }

    private static Finding trust(TlsHandshake handshake, Transcript transcript) {
        if (handshake.chainProblem() != null) {
            return Finding.bad(
                    TLS,
                    "cert_chain_of_trust",
                    50,
                    "The certificate chain leads to no public root: " + handshake.chainProblem(),
                    transcript,
                    "Serve a certificate of a public authority, with its intermediates.");
        }
        if (handshake.nameProblem() != null) {
            return Finding.bad(
                    TLS,
                    "cert_trust",
                    50,
                    "The certificate is not valid for the name: " + handshake.nameProblem(),
                    transcript,
                    "Add the name to the certificate's subject alternative names.");
        }
        return Finding.good(
                TLS, "cert_trust", "The certificate is valid for the name.", transcript);
    }

    private Finding expiry(TlsHandshake handshake, Transcript transcript) {
        X509Certificate leaf = handshake.chain().getFirst();
        Instant end = leaf.getNotAfter().toInstant();
        Duration left = Duration.between(now, end);
        Duration life = Duration.between(leaf.getNotBefore().toInstant(), end);
        String title = "The certificate expires in %d days.".formatted(left.toDays());
        if (left.isNegative()) {
            return Finding.bad(
                    TLS,
                    "cert_notAfter",
                    50,
                    "The certificate expired on " + end + ".",
                    transcript,
                    "Renew it now.");
        }
        return left.multipliedBy(6).compareTo(life) < 0
                ? Finding.weak(
                        TLS,
                        "cert_notAfter",
                        5,
                        title,
                        transcript,
                        "It should have been renewed by now: check that renewal works.")
                : Finding.good(TLS, "cert_notAfter", title, transcript);
    }

    private static Finding stapling(TlsHandshake handshake, Transcript transcript) {
        return Finding.note(
                TLS,
                "OCSP_stapling",
                handshake.stapled()
                        ? "An OCSP response is stapled."
                        : "No OCSP response is stapled; many authorities no longer offer any.",
                transcript);
    }

    private static Finding transparency(TlsHandshake handshake, Transcript transcript) {
        return Finding.note(
                TLS,
                "certificate_transparency",
                handshake.chain().getFirst().getExtensionValue(SCT_LIST) == null
                        ? "The certificate contains no signed certificate timestamps (SCT)."
                        : "The certificate contains signed certificate timestamps (SCT).",
                transcript);
    }

    private static Finding newestVersion(TlsHandshake handshake, Transcript transcript) {
        return handshake.protocol().equals("TLSv1.3")
                ? Finding.good(TLS, "TLS1_3", "TLS 1.3 is supported.", transcript)
                : Finding.weak(
                        TLS,
                        "TLS1_3",
                        5,
                        "TLS 1.3 is not supported, only " + handshake.protocol() + ".",
                        transcript,
                        "Enable TLS 1.3.");
    }

    private Finding alpn() {
        TlsHandshake offered = observed.http2();
        String chosen = offered == null ? "" : offered.alpn();
        return Finding.note(
                TLS,
                "ALPN",
                chosen.isEmpty()
                        ? "No protocol is negotiated (ALPN)."
                        : "ALPN selects " + chosen + ".",
                new Transcript("a handshake that offers h2 and http/1.1", "ALPN: " + chosen));
    }

    private Finding oldVersions() {
        String sent = "a ClientHello for TLS 1.0, and one for TLS 1.1";
        if (!observed.spoken()) {
            return notTested("TLS1", "Old TLS versions were not tested", sent);
        }
        if (observed.oldVersions().isEmpty()) {
            return Finding.good(
                    TLS,
                    "TLS1",
                    "TLS 1.0 and 1.1 are refused.",
                    new Transcript(sent, "no ServerHello of that version"));
        }
        return Finding.bad(
                TLS,
                observed.oldVersions().iterator().next().id(),
                20,
                "Deprecated versions are accepted (RFC 8996): " + observed.oldVersions(),
                new Transcript(sent, "a ServerHello for " + observed.oldVersions()),
                "Accept only TLS 1.2 and 1.3.");
    }

    private Finding weakSuites() {
        String sent = "a ClientHello for TLS 1.2 with only weak suites, one for each family";
        if (!observed.spoken()) {
            return notTested("cipherlist_LOW", "Weak suites were not tested", sent);
        }
        if (observed.weakSuites().isEmpty()) {
            return Finding.good(
                    TLS,
                    "cipherlist_LOW",
                    "Weak suites are refused.",
                    new Transcript(sent, "no ServerHello"));
        }
        String families =
                observed.weakSuites().stream()
                        .map(suites -> suites.name().replace('_', ' '))
                        .collect(Collectors.joining(", "));
        return Finding.bad(
                TLS,
                observed.weakSuites().iterator().next().id(),
                20,
                "Weak cipher suites are accepted: " + families + ".",
                new Transcript(sent, "a ServerHello for " + families),
                "Remove them from the configured suites.");
    }

    private static Finding notTested(String id, String title, String sent) {
        return Finding.notTested(
                TLS,
                id,
                title + ": nothing on port 443 answered with TLS.",
                new Transcript(sent, "nothing"));
    }

    private Finding plainOnTls() {
        HttpExchange exchange = observed.plainOnTls();
        Transcript transcript = Transcript.of(exchange);
        if (!observed.spoken() && !exchange.isAnswered()) {
            return Finding.notTested(
                    TLS,
                    "plain-on-443",
                    "Plain HTTP on port 443 was not tested: the port did not answer.",
                    transcript);
        }
        boolean content =
                exchange instanceof Answered answered && answered.response().status() < 300;
        return content
                ? Finding.bad(
                        TLS,
                        "plain-on-443",
                        20,
                        "Port 443 serves content over plain HTTP.",
                        transcript,
                        "Speak only TLS on port 443.")
                : Finding.good(
                        TLS, "plain-on-443", "Plain HTTP on port 443 gets no content.", transcript);
    }

    private static Finding tlsOnPlain() {
        return Finding.weak(
                TLS,
                "tls-on-80",
                5,
                "Port 80 speaks TLS.",
                new Transcript("a ClientHello on port 80", "a TLS record"),
                "Speak plain HTTP there, and redirect.");
    }
}
