package dev.gatehouse.tools.frontdoor;

import static dev.gatehouse.tools.frontdoor.Area.ALIVE;

import dev.gatehouse.connector.IpAddressFormat;
import dev.gatehouse.tools.frontdoor.Facts.Alive;
import dev.gatehouse.tools.frontdoor.Facts.Doors;
import dev.gatehouse.tools.outbound.Exchange;
import java.net.Inet6Address;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Whether both protocols are alive, at every address, under both names. */
final class AliveRules {

    private AliveRules() {}

    static List<Finding> judge(Alive alive) {
        List<Finding> findings = new ArrayList<>();
        findings.add(door(alive.doors(), Doors::tls, "https", "HTTPS", 100));
        findings.add(door(alive.doors(), Doors::plain, "http", "Plain HTTP", 10));
        findings.add(ipv6(alive.doors()));
        if (!alive.twin().isEmpty()) {
            findings.add(twin(alive));
        }
        return findings;
    }

    private static Finding door(
            List<Doors> all,
            Function<Doors, Exchange> which,
            String id,
            String name,
            int pointsWhenDead) {
        List<Doors> dead = all.stream().filter(d -> isDead(which.apply(d))).toList();
        Evidence evidence = Evidence.of(all.stream().map(which).toList());
        if (dead.isEmpty()) {
            return Finding.good(
                    ALIVE, id + "-alive", name + " answers at every address.", evidence);
        }
        if (dead.size() == all.size()) {
            return Finding.bad(
                    ALIVE,
                    id + "-dead",
                    pointsWhenDead,
                    name + " answers at no address.",
                    evidence,
                    "Look at the connector, the load balancer and the firewall for that port.");
        }
        return Finding.bad(
                ALIVE,
                id + "-address-dead",
                20,
                "%s is dead at some addresses of the name: %s.".formatted(name, addresses(dead)),
                evidence,
                "Mend the server there, or take the address out of DNS: a part of the visitors"
                        + " is sent to it.");
    }

    /** A network that cannot be reached from here says nothing about the site. */
    private static boolean isDead(Exchange exchange) {
        return exchange instanceof Exchange.Failed failed
                && failed.failure() != Exchange.Failure.UNREACHABLE;
    }

    private static String addresses(List<Doors> doors) {
        return doors.stream()
                .map(d -> IpAddressFormat.format(d.address()))
                .collect(Collectors.joining(", "));
    }

    private static Finding ipv6(List<Doors> doors) {
        List<Doors> six = doors.stream().filter(d -> d.address() instanceof Inet6Address).toList();
        if (six.isEmpty()) {
            return Finding.note(
                    ALIVE,
                    "ipv6-web-server-address",
                    "The name has no IPv6 address.",
                    new Evidence("a DNS query for AAAA", "no address"));
        }
        Evidence evidence = Evidence.of(six.stream().map(Doors::tls).toList());
        return six.stream().anyMatch(d -> Gathering.isAnswered(d.tls()))
                ? Finding.good(ALIVE, "ipv6-web-server-reachability", "IPv6 answers.", evidence)
                : Finding.note(
                        ALIVE,
                        "ipv6-web-server-reachability",
                        "The IPv6 address did not answer, or cannot be reached from here.",
                        evidence);
    }

    private static Finding twin(Alive alive) {
        if (alive.twinDoors().isEmpty()) {
            return Finding.note(
                    ALIVE,
                    "www-missing",
                    alive.twin() + " leads nowhere.",
                    new Evidence("a DNS query for " + alive.twin(), "no public address"));
        }
        Doors twin = alive.twinDoors().getFirst();
        Evidence evidence = Evidence.of(List.of(twin.plain(), twin.tls()));
        if (isDead(twin.plain()) || isDead(twin.tls())) {
            return Finding.bad(
                    ALIVE,
                    "www-dead",
                    10,
                    alive.twin() + " has an address, and a door there is dead.",
                    evidence,
                    "Serve or redirect it on both ports, or take it out of DNS.");
        }
        return Finding.good(ALIVE, "www-alive", alive.twin() + " answers on both doors.", evidence);
    }
}
