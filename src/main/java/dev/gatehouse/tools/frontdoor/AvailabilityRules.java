package dev.gatehouse.tools.frontdoor;

import static dev.gatehouse.tools.frontdoor.Area.ALIVE;

import dev.gatehouse.connector.IpAddressFormat;
import dev.gatehouse.tools.frontdoor.Observations.Availability;
import dev.gatehouse.tools.frontdoor.Observations.Endpoint;
import dev.gatehouse.tools.outbound.HttpExchange;
import java.net.Inet6Address;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Whether both protocols answer, at every address, under both names. */
final class AvailabilityRules {

    private AvailabilityRules() {}

    static List<Finding> judge(Availability availability) {
        List<Endpoint> endpoints = availability.endpoints();
        List<Finding> findings = new ArrayList<>();
        findings.add(protocol(endpoints, Endpoint::tls, "https", "HTTPS", 100));
        findings.add(protocol(endpoints, Endpoint::plain, "http", "Plain HTTP", 10));
        findings.add(ipv6(endpoints));
        if (!availability.sibling().isEmpty()) {
            findings.add(sibling(availability));
        }
        return findings;
    }

    private static Finding protocol(
            List<Endpoint> all,
            Function<Endpoint, HttpExchange> protocol,
            String id,
            String name,
            int pointsWhenDead) {
        Transcript transcript = Transcript.of(all.stream().map(protocol).toList());
        List<Endpoint> reachable =
                all.stream().filter(e -> !isUnreachable(protocol.apply(e))).toList();
        if (reachable.isEmpty()) {
            return Finding.notTested(
                    ALIVE,
                    id + "-alive",
                    "%s was not tested: this machine has no route to the name's addresses."
                            .formatted(name),
                    transcript);
        }
        List<Endpoint> dead =
                reachable.stream().filter(e -> !protocol.apply(e).isAnswered()).toList();
        if (dead.isEmpty()) {
            return Finding.good(
                    ALIVE,
                    id + "-alive",
                    reachable.size() == all.size()
                            ? name + " answers at every address."
                            : name + " answers at every address that can be reached from here.",
                    transcript);
        }
        if (dead.size() == reachable.size()) {
            return Finding.bad(
                    ALIVE,
                    id + "-dead",
                    pointsWhenDead,
                    name + " answers at no address.",
                    transcript,
                    "Check the connector, the load balancer and the firewall for that port.");
        }
        return Finding.bad(
                ALIVE,
                id + "-address-dead",
                20,
                "%s is dead at some addresses of the name: %s.".formatted(name, addresses(dead)),
                transcript,
                "Repair the server there, or remove the address from DNS: some of the visitors"
                        + " are sent to it.");
    }

    private static boolean isUnreachable(HttpExchange exchange) {
        return exchange instanceof HttpExchange.Failed failed
                && failed.failure() == HttpExchange.Failure.UNREACHABLE;
    }

    private static boolean isDead(HttpExchange exchange) {
        return !exchange.isAnswered() && !isUnreachable(exchange);
    }

    private static String addresses(List<Endpoint> endpoints) {
        return endpoints.stream()
                .map(e -> IpAddressFormat.format(e.address()))
                .collect(Collectors.joining(", "));
    }

    private static Finding ipv6(List<Endpoint> endpoints) {
        List<HttpExchange> exchanges =
                endpoints.stream()
                        .filter(e -> e.address() instanceof Inet6Address)
                        .map(Endpoint::tls)
                        .toList();
        if (exchanges.isEmpty()) {
            return Finding.note(
                    ALIVE,
                    "ipv6-web-server-address",
                    "The name has no IPv6 address.",
                    new Transcript("a DNS query for AAAA", "no address"));
        }
        Transcript transcript = Transcript.of(exchanges);
        if (exchanges.stream().anyMatch(HttpExchange::isAnswered)) {
            return Finding.good(ALIVE, "ipv6-web-server-reachability", "IPv6 answers.", transcript);
        }
        return exchanges.stream().allMatch(AvailabilityRules::isUnreachable)
                ? Finding.notTested(
                        ALIVE,
                        "ipv6-web-server-reachability",
                        "IPv6 was not tested: this machine has no route to it.",
                        transcript)
                : Finding.note(
                        ALIVE,
                        "ipv6-web-server-reachability",
                        "The IPv6 address did not answer.",
                        transcript);
    }

    private static Finding sibling(Availability availability) {
        String name = availability.sibling();
        if (availability.siblingEndpoints().isEmpty()) {
            return Finding.note(
                    ALIVE,
                    "www-missing",
                    name + " has no public address.",
                    new Transcript("a DNS query for " + name, "no public address"));
        }
        Endpoint endpoint = availability.siblingEndpoints().getFirst();
        Transcript transcript = Transcript.of(List.of(endpoint.plain(), endpoint.tls()));
        if (isDead(endpoint.plain()) || isDead(endpoint.tls())) {
            return Finding.bad(
                    ALIVE,
                    "www-dead",
                    10,
                    name + " has an address, but does not answer on both ports.",
                    transcript,
                    "Serve or redirect it on both ports, or remove it from DNS.");
        }
        return endpoint.plain().isAnswered() && endpoint.tls().isAnswered()
                ? Finding.good(ALIVE, "www-alive", name + " answers on both ports.", transcript)
                : Finding.notTested(
                        ALIVE,
                        "www-alive",
                        name + " was not tested: this machine has no route to its address.",
                        transcript);
    }
}
