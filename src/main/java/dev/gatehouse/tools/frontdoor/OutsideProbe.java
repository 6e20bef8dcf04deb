package dev.gatehouse.tools.frontdoor;

import dev.gatehouse.tools.outbound.Ask;
import dev.gatehouse.tools.outbound.Exchange;
import dev.gatehouse.tools.outbound.Exchange.Answered;
import dev.gatehouse.tools.outbound.Exchange.Failed;
import dev.gatehouse.tools.outbound.Handshake;
import dev.gatehouse.tools.outbound.Outreach;
import dev.gatehouse.tools.outbound.Resolver;
import dev.gatehouse.tools.outbound.Scheme;
import dev.gatehouse.tools.outbound.WorkBudget;
import java.net.InetAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Looks at our own site once, by its public name, as a stranger who has no exemption. */
class OutsideProbe {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final String USER_AGENT = "gatehouse-outside/1";
    private static final int ADDRESSES = 4;

    private final Outreach outreach;
    private final URI site;
    private final Clock clock;

    OutsideProbe(Outreach outreach, URI site, Clock clock) {
        this.outreach = outreach;
        this.site = site;
        this.clock = clock;
    }

    OutsideLook look() {
        long start = System.nanoTime();
        WorkBudget budget = WorkBudget.of(TIMEOUT);
        String host = site.getHost();
        return switch (outreach.resolver().resolve(host, budget)) {
            case Resolver.NoPublicAddress() ->
                    seen(List.of(), List.of(), "the name " + host + " leads nowhere", start);
            case Resolver.Resolved(var addresses) -> look(addresses, host, budget, start);
        };
    }

    private OutsideLook look(
            List<InetAddress> addresses, String host, WorkBudget budget, long start) {
        List<InetAddress> some = addresses.stream().limit(ADDRESSES).toList();
        Ask ask = Ask.of("GET", path(), host, USER_AGENT);
        int port = site.getPort() < 0 ? Scheme.HTTPS.port() : site.getPort();
        Ask secure = Ask.of("GET", path(), authority(host, port), USER_AGENT);
        return seen(
                some.stream()
                        .map(a -> outreach.wire().plain(a, Scheme.HTTP.port(), ask, budget))
                        .toList(),
                some.stream().map(a -> outreach.wire().tls(a, port, host, secure, budget)).toList(),
                null,
                start);
    }

    private String path() {
        String path = site.getRawPath();
        return path == null || path.isEmpty() ? "/" : path;
    }

    private static String authority(String host, int port) {
        return port == Scheme.HTTPS.port() ? host : host + ":" + port;
    }

    private OutsideLook seen(
            List<Exchange> plain, List<Exchange> tls, @Nullable String lost, long start) {
        return new OutsideLook(
                clock.instant(),
                lost != null ? lost : firstProblem(plain),
                lost != null ? lost : firstProblem(tls),
                !plain.isEmpty() && plain.stream().allMatch(this::leadsToHttps),
                tls.stream()
                        .map(OutsideProbe::certificateEnd)
                        .filter(Objects::nonNull)
                        .min(Instant::compareTo)
                        .orElse(null),
                Duration.ofNanos(System.nanoTime() - start));
    }

    private static @Nullable String firstProblem(List<Exchange> exchanges) {
        return exchanges.stream()
                .map(OutsideProbe::problem)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private static @Nullable String problem(Exchange exchange) {
        return switch (exchange) {
            case Failed(_, var failure, var detail) ->
                    failure.name().toLowerCase(Locale.ROOT).replace('_', ' ') + " (" + detail + ")";
            case Answered answered when answered.answer().status() >= 500 ->
                    "answers " + answered.answer().status();
            case Answered answered -> problem(answered.tls());
        };
    }

    private static @Nullable String problem(@Nullable Handshake handshake) {
        if (handshake == null) {
            return null;
        }
        return handshake.chainProblem() != null
                ? handshake.chainProblem()
                : handshake.nameProblem();
    }

    private boolean leadsToHttps(Exchange exchange) {
        return Location.of(exchange)
                .map(location -> location.startsWith("https://" + site.getHost()))
                .orElse(false);
    }

    private static @Nullable Instant certificateEnd(Exchange exchange) {
        return exchange instanceof Answered answered && answered.tls() != null
                ? answered.tls().chain().getFirst().getNotAfter().toInstant()
                : null;
    }
}
