package dev.gatehouse.tools.frontdoor;

import dev.gatehouse.tools.outbound.AddressResolver;
import dev.gatehouse.tools.outbound.HttpExchange;
import dev.gatehouse.tools.outbound.HttpUrl;
import dev.gatehouse.tools.outbound.OutboundClient;
import dev.gatehouse.tools.outbound.RawRequest;
import dev.gatehouse.tools.outbound.ResourceBudget;
import dev.gatehouse.tools.outbound.Scheme;
import dev.gatehouse.tools.outbound.TlsHandshake;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Sends the requests of one check, within its budget. */
record CheckClient(OutboundClient outbound, String userAgent, ResourceBudget budget) {

    private static final Duration STEP = Duration.ofSeconds(5);

    private static final int ADDRESSES = 2;

    /** Servers often stay silent when they do not understand a ClientHello. */
    private static final Duration HELLO = Duration.ofSeconds(2);

    /** The addresses of a name; none where it may not be visited. */
    List<InetAddress> addresses(String host) {
        return switch (outbound.resolver().resolve(host, step())) {
            case AddressResolver.Resolved(var addresses) -> addresses;
            case AddressResolver.NoPublicAddress(), AddressResolver.LookupFailed() -> List.of();
        };
    }

    RawRequest request(String method, String target, String host) {
        return RawRequest.of(method, target, host, userAgent);
    }

    HttpExchange plain(InetAddress address, RawRequest request) {
        return outbound.probes().plain(address, Scheme.HTTP.port(), request, step());
    }

    HttpExchange tls(InetAddress address, String host, RawRequest request) {
        return outbound.probes().tls(address, Scheme.HTTPS.port(), host, request, step());
    }

    /** Plain HTTP, on the port of TLS. */
    HttpExchange plainOnTls(InetAddress address, RawRequest request) {
        return outbound.probes().plain(address, Scheme.HTTPS.port(), request, step());
    }

    Optional<TlsHandshake> handshake(InetAddress address, String host, List<String> alpn) {
        return outbound.probes().handshake(address, Scheme.HTTPS.port(), host, alpn, step());
    }

    byte[] raw(InetAddress address, Scheme scheme, byte[] bytes) {
        return outbound.probes().raw(address, scheme.port(), bytes, budget.step(HELLO));
    }

    /** Requests a URL at the first address that answers; empty where the name has none. */
    Optional<HttpExchange> visit(HttpUrl url, String... headers) {
        RawRequest request = request("GET", url.pathAndQuery(), url.authority());
        for (String header : headers) {
            request = request.with(header);
        }
        List<InetAddress> addresses = addresses(url.host()).stream().limit(ADDRESSES).toList();
        HttpExchange last = null;
        for (InetAddress address : addresses) {
            last = send(address, url, request);
            if (last.isAnswered()) {
                break;
            }
        }
        return Optional.ofNullable(last);
    }

    HttpExchange send(InetAddress address, HttpUrl url, RawRequest request) {
        return switch (url.scheme()) {
            case HTTP -> outbound.probes().plain(address, url.port(), request, step());
            case HTTPS -> outbound.probes().tls(address, url.port(), url.host(), request, step());
        };
    }

    boolean isBudgetSpent() {
        return budget.isSpent();
    }

    private ResourceBudget step() {
        return budget.step(STEP);
    }
}
