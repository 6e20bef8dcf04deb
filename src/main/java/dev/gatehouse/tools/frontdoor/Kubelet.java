package dev.gatehouse.tools.frontdoor;

import dev.gatehouse.tools.frontdoor.Facts.Conclusion;
import dev.gatehouse.tools.frontdoor.Facts.Hop;
import dev.gatehouse.tools.frontdoor.Facts.Probe;
import dev.gatehouse.tools.outbound.Ask;
import dev.gatehouse.tools.outbound.Exchange;
import dev.gatehouse.tools.outbound.Scheme;
import dev.gatehouse.tools.outbound.Target;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Probes as a kubelet does (kubernetes pkg/probe/http): no certificate is verified, 200 to 399
 * passes, a redirect is followed while the host's name stays the same, and one to another host
 * counts as success.
 */
record Kubelet(Visitor visitor, InetAddress address) {

    private static final int LONGEST = 10;
    private static final String USER_AGENT = "kube-probe/1.35";

    Probe probe(Scheme door, String host, String path) {
        Target target = new Target(door, host, door.port(), path);
        List<Hop> hops = new ArrayList<>();
        while (hops.size() < LONGEST) {
            Exchange exchange = ask(target);
            hops.add(new Hop(target, exchange));
            Optional<Target> next = Location.target(target, exchange);
            if (Location.of(exchange).isEmpty() || next.isEmpty()) {
                return new Probe(door.text(), hops, concluded(exchange));
            }
            if (!next.get().host().equals(host)) {
                return new Probe(door.text(), hops, Conclusion.BLIND);
            }
            target = next.get();
        }
        return new Probe(door.text(), hops, Conclusion.FAILS);
    }

    /** Always at the same address, as a pod's probe is. */
    private Exchange ask(Target target) {
        Ask ask = Ask.of("GET", target.path(), target.authority(), USER_AGENT);
        return switch (target.scheme()) {
            case HTTP -> visitor.plain(address, ask);
            case HTTPS -> visitor.tls(address, target.host(), ask);
        };
    }

    /** A redirect that leads to no target is followed into an error. */
    private static Conclusion concluded(Exchange exchange) {
        return exchange instanceof Exchange.Answered answered
                        && answered.answer().status() >= 200
                        && answered.answer().status() < 400
                        && Location.of(exchange).isEmpty()
                ? Conclusion.PASSES
                : Conclusion.FAILS;
    }
}
