package dev.gatehouse.redirect;

import dev.gatehouse.acme.AcmeChallenge;
import dev.gatehouse.connector.Networks;
import dev.gatehouse.connector.PingFilter;
import dev.gatehouse.gateway.PathPatterns;
import dev.gatehouse.gateway.TrustedProxies;
import dev.gatehouse.redirect.RedirectDecision.Refusal;
import dev.gatehouse.redirect.RedirectDecision.Refused;
import dev.gatehouse.redirect.RedirectDecision.Served;

/** The rules that serve a request instead of redirecting it, but for those of gateways. */
final class ExemptionRules {

    private ExemptionRules() {}

    private static Rule.Result served(DecisionReason reason) {
        return Rule.Result.decided(new Served(reason));
    }

    /** {@code /ping} on both connectors, for everybody. */
    static Rule ping() {
        Rule.Result served = served(DecisionReason.PING);
        Rule.Result other = Rule.Result.passed("the path is not exactly /ping");
        return new Rule("ping", "") {
            @Override
            Result evaluate(ParsedRequest request) {
                return PingFilter.PATH.equals(request.facts().path()) ? served : other;
            }
        };
    }

    /**
     * ACME's HTTP-01 challenges, which a certificate authority requests over plain HTTP by any host
     * name, before there is a certificate.
     */
    static Rule acmeChallenge() {
        Rule.Result served = served(DecisionReason.ACME_CHALLENGE);
        Rule.Result noToken = Rule.Result.decided(new Refused(Refusal.NOT_A_CHALLENGE));
        Rule.Result other = Rule.Result.passed("the path is not in the challenges' folder");
        Rule.Result tls = Rule.Result.passed("challenges are asked for over plain HTTP");
        return new Rule("acme-challenge", AcmeChallenge.FOLDER + "TOKEN") {
            @Override
            Result evaluate(ParsedRequest request) {
                String path = request.facts().path();
                if (!path.startsWith(AcmeChallenge.FOLDER)) {
                    return other;
                }
                if (request.isOverTls()) {
                    return tls;
                }
                return AcmeChallenge.isChallenge(path) ? served : noToken;
            }
        };
    }

    /** Every request on the HTTPS connector, whatever its host. */
    static Rule tls() {
        Rule.Result served = served(DecisionReason.TLS);
        Rule.Result plain = Rule.Result.passed("it came by the plain connector");
        return new Rule("tls", "") {
            @Override
            Result evaluate(ParsedRequest request) {
                return request.isOverTls() ? served : plain;
            }
        };
    }

    /**
     * A client on this machine that asks for this machine. A loopback peer with forwarding headers,
     * or with another host, is a proxy that forwards for somebody else, such as a sidecar.
     */
    static Rule loopback() {
        Rule.Result served = served(DecisionReason.LOOPBACK);
        Rule.Result other = Rule.Result.passed("the socket's peer is not in 127.0.0.0/8 or ::1");
        Rule.Result otherHost =
                Rule.Result.passed(
                        "the peer is loopback, but the Host does not name loopback: a proxy");
        Rule.Result forwarded =
                Rule.Result.passed(
                        "the peer is loopback, but carries a forwarding header: a proxy");
        return new Rule(
                "loopback",
                "socket's peer in 127.0.0.0/8 or ::1, Host of loopback or none, not forwarding") {
            @Override
            Result evaluate(ParsedRequest request) {
                if (!request.isFromLoopback()) {
                    return other;
                }
                RequestedHost host = request.host();
                boolean isThisMachine =
                        host == null ? request.facts().host() == null : host.isLoopback();
                if (!isThisMachine) {
                    return otherHost;
                }
                return request.facts().isForwarded() ? forwarded : served;
            }
        };
    }

    /** Peers in certain networks. The address is that of the socket, never one of a header. */
    static Rule networks(Networks networks) {
        Rule.Result served = served(DecisionReason.NETWORK);
        Rule.Result other = Rule.Result.passed("the socket's peer is in none of them");
        return new Rule("networks", networks.toString()) {
            @Override
            Result evaluate(ParsedRequest request) {
                return networks.contains(request.peer()) ? served : other;
            }
        };
    }

    /** Certain paths, for everybody. */
    static Rule paths(PathPatterns patterns) {
        Rule.Result served = served(DecisionReason.PATH);
        Rule.Result other = Rule.Result.passed("the path matches none of them");
        Rule.Result notNormal =
                Rule.Result.passed(
                        "the path changes by normalising, and such a path is never exempt");
        return new Rule("paths", patterns.toString()) {
            @Override
            Result evaluate(ParsedRequest request) {
                if (!request.path().isNormal()) {
                    return notNormal;
                }
                return patterns.match(request.path()) ? served : other;
            }
        };
    }

    /** What came over TLS to a trusted proxy: a redirect would come back by the same proxy. */
    static Rule trustedProxies(TrustedProxies proxies) {
        Rule.Result served = served(DecisionReason.TRUSTED_PROXY);
        Rule.Result untrusted =
                Rule.Result.suspicious(
                        DecisionReason.UNTRUSTED_PROXY, DecisionReason.UNTRUSTED_PROXY.sentence());
        Rule.Result silent =
                Rule.Result.passed("no X-Forwarded-Proto says that the visitor came over TLS");
        return new Rule("trusted-proxies", proxies.toString()) {
            @Override
            Result evaluate(ParsedRequest request) {
                if (!request.isForwardedOverTls()) {
                    return silent;
                }
                return proxies.contains(request.peer()) ? served : untrusted;
            }
        };
    }
}
