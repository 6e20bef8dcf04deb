package dev.gatehouse.tools.frontdoor;

import dev.gatehouse.tools.frontdoor.Facts.Alive;
import dev.gatehouse.tools.frontdoor.Facts.Doors;
import dev.gatehouse.tools.outbound.Ask;
import dev.gatehouse.tools.outbound.Exchange;
import dev.gatehouse.tools.outbound.Scheme;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Gathers the facts of each area, one visit after the other: no host is hurried. */
record Gathering(Visitor visitor, String host) {

    private static final int ADDRESSES_OF_A_FAMILY = 2;

    /** Some of each family: the check must not become a flood. */
    Alive alive() {
        String twin = host.startsWith("www.") ? host.substring(4) : "www." + host;
        boolean hasTwin = twin.contains(".") && !host.startsWith("[") && !host.matches("[0-9.]+");
        return new Alive(
                host,
                some(visitor.addresses(host)).map(a -> doors(a, host)).toList(),
                hasTwin ? twin : "",
                hasTwin
                        ? some(visitor.addresses(twin)).limit(1).map(a -> doors(a, twin)).toList()
                        : List.of());
    }

    private static Stream<InetAddress> some(List<InetAddress> addresses) {
        return Stream.concat(
                addresses.stream()
                        .filter(Inet4Address.class::isInstance)
                        .limit(ADDRESSES_OF_A_FAMILY),
                addresses.stream()
                        .filter(Inet6Address.class::isInstance)
                        .limit(ADDRESSES_OF_A_FAMILY));
    }

    private Doors doors(InetAddress address, String name) {
        Ask ask = visitor.ask("GET", "/", name);
        return new Doors(address, visitor.plain(address, ask), visitor.tls(address, name, ask));
    }

    Facts.Redirect redirect(InetAddress address) {
        String path = Facts.Redirect.PATH;
        String foreign = Facts.Redirect.FOREIGN;
        Ask get = visitor.ask("GET", path, host);
        return new Facts.Redirect(
                host,
                visitor.plain(address, get),
                visitor.plain(address, visitor.ask("POST", path, host).with("Content-Length: 0")),
                visitor.plain(address, visitor.ask("GET", path, foreign)),
                visitor.plain(address, visitor.ask("GET", "http://" + foreign + path, host)),
                visitor.plain(address, get.with("X-Forwarded-Host: " + foreign)));
    }

    Facts.Chain chain() {
        return new Way(visitor, visitor.userAgent()).from(host);
    }

    Facts.Tls tls(InetAddress address) {
        Ask ask = visitor.ask("GET", "/", host);
        Exchange page = visitor.tls(address, host, ask);
        return new Facts.Tls(
                page,
                visitor.handshake(address, host, List.of("h2", "http/1.1")).orElse(null),
                page instanceof Exchange.Answered answered ? answered.tls() : null,
                oldVersions(address),
                weakSuites(address),
                visitor.plainOnTls(address, ask),
                ClientHello.isTls(
                        visitor.raw(
                                address, Scheme.HTTP, ClientHello.upTo(TlsVersion.TLS_1_1, host))));
    }

    private Set<TlsVersion> oldVersions(InetAddress address) {
        Set<TlsVersion> accepted = EnumSet.noneOf(TlsVersion.class);
        for (TlsVersion version : TlsVersion.values()) {
            byte[] hello = ClientHello.upTo(version, host);
            if (ClientHello.isAccepted(
                    visitor.raw(address, Scheme.HTTPS, hello), version.minor())) {
                accepted.add(version);
            }
        }
        return accepted;
    }

    private Set<WeakSuites> weakSuites(InetAddress address) {
        Set<WeakSuites> accepted = EnumSet.noneOf(WeakSuites.class);
        Arrays.stream(WeakSuites.values())
                .filter(
                        suites ->
                                ClientHello.isAccepted(
                                        visitor.raw(
                                                address,
                                                Scheme.HTTPS,
                                                ClientHello.with(suites, host))))
                .forEach(accepted::add);
        return accepted;
    }

    Facts.Page page(InetAddress address) {
        Ask ask = visitor.ask("GET", "/", host).with("Origin: " + Facts.Page.ORIGIN);
        return new Facts.Page(host, visitor.tls(address, host, ask), visitor.plain(address, ask));
    }

    Facts.Health health(InetAddress address, String path) {
        Kubelet kubelet = new Kubelet(visitor, address);
        return new Facts.Health(
                path,
                kubelet.probe(Scheme.HTTP, host, path),
                kubelet.probe(Scheme.HTTPS, host, path));
    }

    /** The address that the closer look is at: one where most answers. */
    static InetAddress best(Alive alive) {
        List<Doors> doors = new ArrayList<>(alive.doors());
        return doors.stream()
                .filter(d -> isAnswered(d.plain()) && isAnswered(d.tls()))
                .findFirst()
                .or(() -> doors.stream().filter(d -> isAnswered(d.tls())).findFirst())
                .orElseGet(doors::getFirst)
                .address();
    }

    static boolean isAnswered(Exchange exchange) {
        return exchange instanceof Exchange.Answered;
    }
}
