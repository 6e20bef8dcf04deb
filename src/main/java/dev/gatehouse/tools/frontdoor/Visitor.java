package dev.gatehouse.tools.frontdoor;

import dev.gatehouse.tools.outbound.Ask;
import dev.gatehouse.tools.outbound.Exchange;
import dev.gatehouse.tools.outbound.Handshake;
import dev.gatehouse.tools.outbound.Outreach;
import dev.gatehouse.tools.outbound.Resolver;
import dev.gatehouse.tools.outbound.Scheme;
import dev.gatehouse.tools.outbound.Target;
import dev.gatehouse.tools.outbound.WorkBudget;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Goes to a host as a stranger would, within one budget for all of it and a smaller one for each
 * step.
 *
 * @param userAgent who we say we are
 */
record Visitor(Outreach outreach, String userAgent, WorkBudget budget) {

    private static final Duration STEP = Duration.ofSeconds(5);

    /** A hello that is not understood is often met with silence. */
    private static final Duration HELLO = Duration.ofSeconds(2);

    /** The addresses of a name that may be visited; none where there are none. */
    List<InetAddress> addresses(String host) {
        return switch (outreach.resolver().resolve(host, step())) {
            case Resolver.Resolved(var addresses) -> addresses;
            case Resolver.NoPublicAddress() -> List.of();
        };
    }

    Ask ask(String method, String target, String host) {
        return Ask.of(method, target, host, userAgent);
    }

    Exchange plain(InetAddress address, Ask ask) {
        return outreach.wire().plain(address, Scheme.HTTP.port(), ask, step());
    }

    Exchange tls(InetAddress address, String host, Ask ask) {
        return outreach.wire().tls(address, Scheme.HTTPS.port(), host, ask, step());
    }

    /** Plain HTTP, on the port of TLS. */
    Exchange plainOnTls(InetAddress address, Ask ask) {
        return outreach.wire().plain(address, Scheme.HTTPS.port(), ask, step());
    }

    Optional<Handshake> handshake(InetAddress address, String host, List<String> alpn) {
        return outreach.wire().handshake(address, Scheme.HTTPS.port(), host, alpn, step());
    }

    byte[] raw(InetAddress address, Scheme door, byte[] bytes) {
        return outreach.wire().raw(address, door.port(), bytes, budget.step(HELLO));
    }

    /** One visit of a URL, at the first of the addresses that its name has now. */
    Optional<Exchange> visit(Target target, String agent) {
        Ask ask = Ask.of("GET", target.path(), target.authority(), agent);
        return addresses(target.host()).stream()
                .findFirst()
                .map(address -> visit(address, target, ask));
    }

    private Exchange visit(InetAddress address, Target target, Ask ask) {
        return switch (target.scheme()) {
            case HTTP -> outreach.wire().plain(address, target.port(), ask, step());
            case HTTPS -> outreach.wire().tls(address, target.port(), target.host(), ask, step());
        };
    }

    boolean isOutOfTime() {
        return budget.isSpent();
    }

    private WorkBudget step() {
        return budget.step(STEP);
    }
}
