package dev.gatehouse.tools.frontdoor;

import dev.gatehouse.tools.frontdoor.Facts.Chain;
import dev.gatehouse.tools.frontdoor.Facts.End;
import dev.gatehouse.tools.frontdoor.Facts.Hop;
import dev.gatehouse.tools.outbound.Exchange;
import dev.gatehouse.tools.outbound.Scheme;
import dev.gatehouse.tools.outbound.Target;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Follows redirects hop by hop. Each target is read, resolved and guarded like the first. */
record Way(Visitor visitor, String userAgent) {

    private static final int LONGEST = 10;

    Chain from(String host) {
        Target target = new Target(Scheme.HTTP, host, Scheme.HTTP.port(), "/");
        List<Hop> hops = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        while (seen.add(target.url())) {
            Optional<Exchange> visited = visitor.visit(target, userAgent);
            if (visited.isEmpty()) {
                return new Chain(host, hops, End.NOT_VISITED, target.url());
            }
            Exchange exchange = visited.get();
            hops.add(new Hop(target, exchange));
            Optional<String> location = Location.of(exchange);
            Optional<Target> next = Location.target(target, exchange);
            if (location.isEmpty() || next.isEmpty() || hops.size() == LONGEST) {
                return new Chain(host, hops, end(exchange, location, next), location.orElse(""));
            }
            target = next.get();
        }
        return new Chain(host, hops, End.LOOP, target.url());
    }

    private static End end(Exchange exchange, Optional<String> location, Optional<Target> next) {
        if (!Gathering.isAnswered(exchange)) {
            return End.FAILED;
        }
        if (location.isEmpty()) {
            return End.ANSWERED;
        }
        return next.isEmpty() ? End.NOT_VISITED : End.TOO_LONG;
    }
}
