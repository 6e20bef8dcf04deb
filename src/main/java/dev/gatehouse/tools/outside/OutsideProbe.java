package dev.gatehouse.tools.outside;

import dev.gatehouse.tools.outbound.AddressResolver;
import dev.gatehouse.tools.outbound.HttpExchange;
import dev.gatehouse.tools.outbound.HttpExchange.Answered;
import dev.gatehouse.tools.outbound.HttpExchange.Failed;
import dev.gatehouse.tools.outbound.HttpUrl;
import dev.gatehouse.tools.outbound.OutboundClient;
import dev.gatehouse.tools.outbound.RawRequest;
import dev.gatehouse.tools.outbound.ResourceBudget;
import dev.gatehouse.tools.outbound.Scheme;
import dev.gatehouse.tools.outbound.TlsHandshake;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Probes this server's own site by its public URL, as a visitor without an exemption. */
class OutsideProbe {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final String USER_AGENT = "gatehouse-outside/1";
    private static final int ADDRESSES = 4;

    private final OutboundClient outbound;
    private final HttpUrl site;
    private final HttpUrl plainSite;
    private final Clock clock;

    OutsideProbe(OutboundClient outbound, HttpUrl site, Clock clock) {
        this.outbound = outbound;
        this.site = site;
        this.plainSite = HttpUrl.of(Scheme.HTTP, site.host(), site.pathAndQuery());
        this.clock = clock;
    }

    OutsideResult probe() {
        long start = System.nanoTime();
        ResourceBudget budget = ResourceBudget.of(TIMEOUT);
        return switch (outbound.resolver().resolve(site.host(), budget)) {
            case AddressResolver.NoPublicAddress(), AddressResolver.LookupFailed() ->
                    unresolved(start);
            case AddressResolver.Resolved(var addresses) ->
                    probe(addresses.stream().limit(ADDRESSES).toList(), budget, start);
        };
    }

    private OutsideResult unresolved(long start) {
        String problem = "the name " + site.host() + " does not resolve";
        return new OutsideResult(clock.instant(), problem, problem, false, null, since(start));
    }

    private OutsideResult probe(List<InetAddress> addresses, ResourceBudget budget, long start) {
        List<HttpExchange> plain =
                addresses.stream()
                        .map(
                                a ->
                                        outbound.probes()
                                                .plain(
                                                        a,
                                                        plainSite.port(),
                                                        request(plainSite),
                                                        budget))
                        .toList();
        List<HttpExchange> tls =
                addresses.stream()
                        .map(
                                a ->
                                        outbound.probes()
                                                .tls(
                                                        a,
                                                        site.port(),
                                                        site.host(),
                                                        request(site),
                                                        budget))
                        .toList();
        return new OutsideResult(
                clock.instant(),
                firstProblem(plain),
                firstProblem(tls),
                plain.stream().allMatch(this::redirectsToSite),
                tls.stream()
                        .map(OutsideProbe::expiry)
                        .filter(Objects::nonNull)
                        .min(Instant::compareTo)
                        .orElse(null),
                since(start));
    }

    private static RawRequest request(HttpUrl url) {
        return RawRequest.of("GET", url.pathAndQuery(), url.authority(), USER_AGENT);
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private static @Nullable String firstProblem(List<HttpExchange> exchanges) {
        return exchanges.stream()
                .map(OutsideProbe::problem)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private static @Nullable String problem(HttpExchange exchange) {
        return switch (exchange) {
            case Failed failed -> failed.describe();
            case Answered answered when answered.response().status() >= 500 ->
                    "answers " + answered.response().status();
            case Answered answered -> problem(answered.tls());
        };
    }

    private static @Nullable String problem(@Nullable TlsHandshake handshake) {
        if (handshake == null) {
            return null;
        }
        return handshake.chainProblem() != null
                ? handshake.chainProblem()
                : handshake.nameProblem();
    }

    private boolean redirectsToSite(HttpExchange exchange) {
        Optional<HttpUrl> url = exchange.redirectLocation().flatMap(plainSite::resolveHttp);
        return url.filter(to -> to.scheme() == Scheme.HTTPS)
                .filter(to -> to.authority().equals(site.authority()))
                .isPresent();
    }

    private static @Nullable Instant expiry(HttpExchange exchange) {
        return exchange instanceof Answered answered && answered.tls() != null
                ? answered.tls().chain().getFirst().getNotAfter().toInstant()
                : null;
    }
}
