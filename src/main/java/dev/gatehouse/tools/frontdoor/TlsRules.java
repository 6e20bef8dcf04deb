package dev.gatehouse.tools.frontdoor;

import static dev.gatehouse.tools.frontdoor.Area.TLS;

import dev.gatehouse.tools.outbound.Exchange;
import dev.gatehouse.tools.outbound.Exchange.Answered;
import dev.gatehouse.tools.outbound.Handshake;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The versions and suites, and what else the two ports speak. */
record TlsRules(Facts.Tls facts, Instant now) {

    List<Finding> judge() {
        List<Finding> findings = new ArrayList<>();
        Handshake handshake = facts.newest();
        if (handshake != null) {
            Evidence evidence = Evidence.of(handshake);
            findings.addAll(new CertificateRules(handshake, evidence, now).judge());
            findings.add(newestVersion(handshake, evidence));
            findings.add(alpn());
        }
        findings.add(oldVersions());
        findings.add(weakSuites());
        findings.add(plainOnTls());
        if (facts.tlsOnPlain()) {
            findings.add(tlsOnPlain());
        }
        return findings;
    }

    private static Finding newestVersion(Handshake handshake, Evidence evidence) {
        return handshake.protocol().equals("TLSv1.3")
                ? Finding.good(TLS, "TLS1_3", "TLS 1.3 is spoken.", evidence)
                : Finding.weak(
                        TLS,
                        "TLS1_3",
                        5,
                        "TLS 1.3 is not spoken, only " + handshake.protocol() + ".",
                        evidence,
                        "Turn TLS 1.3 on.");
    }

    private Finding alpn() {
        Handshake offered = facts.http2();
        String chosen = offered == null ? "" : offered.alpn();
        return Finding.note(
                TLS,
                "ALPN",
                chosen.isEmpty()
                        ? "No protocol is negotiated (ALPN)."
                        : "ALPN chooses " + chosen + ".",
                new Evidence("a handshake that offers h2 and http/1.1", "ALPN: " + chosen));
    }

    private Finding oldVersions() {
        Evidence evidence =
                new Evidence(
                        "a ClientHello for TLS 1.0, and one for TLS 1.1",
                        facts.oldVersions().isEmpty()
                                ? "no ServerHello of that version"
                                : "a ServerHello for " + facts.oldVersions());
        if (facts.oldVersions().isEmpty()) {
            return Finding.good(TLS, "TLS1", "TLS 1.0 and 1.1 are refused.", evidence);
        }
        return Finding.bad(
                TLS,
                facts.oldVersions().iterator().next().id(),
                20,
                "Versions that are past their time are accepted (RFC 8996): " + facts.oldVersions(),
                evidence,
                "Accept TLS 1.2 and 1.3 alone.");
    }

    private Finding weakSuites() {
        String families =
                facts.weakSuites().stream()
                        .map(Enum::name)
                        .map(name -> name.replace('_', ' '))
                        .collect(Collectors.joining(", "));
        Evidence evidence =
                new Evidence(
                        "a ClientHello for TLS 1.2 with weak suites alone, one for each family",
                        families.isEmpty() ? "no ServerHello" : "a ServerHello for " + families);
        if (families.isEmpty()) {
            return Finding.good(TLS, "cipherlist_LOW", "Weak suites are refused.", evidence);
        }
        return Finding.bad(
                TLS,
                facts.weakSuites().iterator().next().id(),
                20,
                "Weak cipher suites are accepted: " + families + ".",
                evidence,
                "Take them out of the configured suites.");
    }

    private Finding plainOnTls() {
        Exchange exchange = facts.plainOnTls();
        boolean content = exchange instanceof Answered answered && answered.answer().status() < 300;
        return content
                ? Finding.bad(
                        TLS,
                        "plain-on-443",
                        20,
                        "Port 443 serves content over plain HTTP.",
                        Evidence.of(exchange),
                        "Speak TLS alone on port 443.")
                : Finding.good(
                        TLS,
                        "plain-on-443",
                        "Plain HTTP on port 443 gets no content.",
                        Evidence.of(exchange));
    }

    private static Finding tlsOnPlain() {
        return Finding.weak(
                TLS,
                "tls-on-80",
                5,
                "Port 80 speaks TLS.",
                new Evidence("a ClientHello on port 80", "a TLS record"),
                "Speak plain HTTP there, and redirect.");
    }
}
