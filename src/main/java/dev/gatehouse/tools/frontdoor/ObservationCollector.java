package dev.gatehouse.tools.frontdoor;

import dev.gatehouse.tools.frontdoor.Observations.Availability;
import dev.gatehouse.tools.frontdoor.Observations.Endpoint;
import dev.gatehouse.tools.outbound.HttpExchange;
import dev.gatehouse.tools.outbound.HttpUrl;
import dev.gatehouse.tools.outbound.RawRequest;
import dev.gatehouse.tools.outbound.Scheme;
import dev.gatehouse.tools.outbound.TlsHandshake;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Collects the observations of each area with one request after the other. */
record ObservationCollector(CheckClient client, String host, Clock clock) {

    /** The check must not become a flood. */
    private static final int ADDRESSES_OF_A_FAMILY = 2;

    Availability availability() {
        String sibling = host.startsWith("www.") ? host.substring(4) : "www." + host;
        boolean hasSibling = sibling.contains(".") && !isAddress();
        return new Availability(
                some(client.addresses(host)).map(a -> endpoint(a, host)).toList(),
                hasSibling ? sibling : "",
                hasSibling
                        ? some(client.addresses(sibling))
                                .limit(1)
                                .map(a -> endpoint(a, sibling))
                                .toList()
                        : List.of());
    }

    private boolean isAddress() {
        return host.startsWith("[") || host.matches("[0-9.]+");
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

    private Endpoint endpoint(InetAddress address, String name) {
        RawRequest request = client.request("GET", "/", name);
        return new Endpoint(
                address, client.plain(address, request), client.tls(address, name, request));
    }

    Observations.PlainHttp plainHttp(InetAddress address) {
        String path = Observations.PlainHttp.PATH;
        String foreign = Observations.PlainHttp.FOREIGN;
        RawRequest get = client.request("GET", path, host);
        return new Observations.PlainHttp(
                host,
                client.plain(address, get),
                client.plain(address, client.request("POST", path, host).with("Content-Length: 0")),
                client.plain(address, client.request("GET", path, foreign)),
                client.plain(address, client.request("GET", "http://" + foreign + path, host)),
                client.plain(address, get.with("X-Forwarded-Host: " + foreign)));
    }

    Observations.Chain chain() {
        return new RedirectChain(client, clock).from(HttpUrl.of(Scheme.HTTP, host, "/"));
    }

    Observations.Tls tls(InetAddress address) {
        RawRequest request = client.request("GET", "/", host);
        TlsHandshake http2 =
                client.handshake(address, host, List.of("h2", "http/1.1")).orElse(null);
        HttpExchange page = client.tls(address, host, request);
        TlsHandshake newest = page instanceof HttpExchange.Answered a ? a.tls() : null;
        HelloResponses responses = new HelloResponses(address);
        return new Observations.Tls(
                http2,
                newest == null ? http2 : newest,
                http2 != null || newest != null || responses.isTls,
                responses.oldVersions,
                responses.weakSuites,
                client.plainOnTls(address, request),
                ClientHello.isTls(
                        client.raw(
                                address, Scheme.HTTP, ClientHello.OldVersion.TLS_1_1.hello(host))));
    }

    /** Which hellos a server accepts that this JVM does not send. */
    private final class HelloResponses {

        private final Set<ClientHello.OldVersion> oldVersions =
                EnumSet.noneOf(ClientHello.OldVersion.class);
        private final Set<ClientHello.WeakSuites> weakSuites =
                EnumSet.noneOf(ClientHello.WeakSuites.class);
        private boolean isTls;

        private HelloResponses(InetAddress address) {
            for (ClientHello.OldVersion version : ClientHello.OldVersion.values()) {
                if (accepts(address, version.hello(host), version::isAccepted)) {
                    oldVersions.add(version);
                }
            }
            for (ClientHello.WeakSuites suites : ClientHello.WeakSuites.values()) {
                if (accepts(address, suites.hello(host), suites::isAccepted)) {
                    weakSuites.add(suites);
                }
            }
        }

        private boolean accepts(InetAddress address, byte[] hello, Predicate<byte[]> accepted) {
            byte[] response = client.raw(address, Scheme.HTTPS, hello);
            isTls |= ClientHello.isTls(response);
            return accepted.test(response);
        }
    }

    Observations.Page page(InetAddress address) {
        String origin = "Origin: " + Observations.Page.ORIGIN;
        return new Observations.Page(
                new RedirectChain(client, clock).from(HttpUrl.of(Scheme.HTTPS, host, "/"), origin),
                client.plain(address, client.request("GET", "/", host).with(origin)));
    }

    Observations.HealthProbes healthProbes(InetAddress address, String path) {
        KubeletProbe probe = new KubeletProbe(client, address);
        return new Observations.HealthProbes(
                path, probe.send(Scheme.HTTP, host, path), probe.send(Scheme.HTTPS, host, path));
    }

    /** The address to observe closely: one where most of the ports answer. */
    static InetAddress best(Availability availability) {
        List<Endpoint> endpoints = availability.endpoints();
        return endpoints.stream()
                .filter(e -> e.plain().isAnswered() && e.tls().isAnswered())
                .findFirst()
                .or(() -> endpoints.stream().filter(e -> e.tls().isAnswered()).findFirst())
                .orElseGet(endpoints::getFirst)
                .address();
    }
}
