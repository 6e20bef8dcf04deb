package dev.gatehouse.tools.frontdoor;

import static dev.gatehouse.tools.frontdoor.LoopbackServer.answer;

import dev.gatehouse.testing.TestCertificate;
import dev.gatehouse.tools.frontdoor.LoopbackServer.Asked;
import dev.gatehouse.tools.outbound.LoopbackOutboundClient;
import dev.gatehouse.tools.outbound.OutboundClient;
import dev.gatehouse.tools.outbound.ResourceBudget;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A site, {@code site.test}, on plain HTTP and HTTPS. {@link #good} has no fault; each method puts
 * one in.
 */
public record SiteFixture(
        Function<Asked, String> plain,
        Function<Asked, String> tls,
        TestCertificate certificate,
        boolean trusted,
        ReceivedHello.Taken taken) {

    public static final String HOST = "site.test";
    static final List<String> SECURE =
            List.of(
                    "Content-Type: text/html",
                    "Strict-Transport-Security: max-age=31536000",
                    "Content-Security-Policy: default-src 'self'; frame-ancestors 'none'",
                    "X-Content-Type-Options: nosniff",
                    "Referrer-Policy: same-origin");
    private static final String ADDRESS = "127.0.0.31";
    private static final TestCertificate OTHER_ROOT = TestCertificate.forNames("root.test");

    public static SiteFixture good() {
        TestCertificate certificate = TestCertificate.forNames(HOST, "www." + HOST);
        return new SiteFixture(
                SiteFixture::redirect,
                _ -> page(SECURE),
                certificate,
                true,
                ReceivedHello.Taken.NONE);
    }

    static String page(List<String> headers) {
        return answer(200, headers.toArray(String[]::new));
    }

    /** As Gatehouse itself would answer. */
    static String redirect(Asked asked) {
        String host = asked.header("Host");
        if (!asked.target().startsWith("/")) {
            return answer(400);
        }
        if (!host.equals(HOST) && !host.equals("www." + HOST)) {
            return answer(421);
        }
        int status = asked.method().equals("GET") ? 301 : 308;
        return answer(status, "Location: https://" + host + asked.target());
    }

    SiteFixture plain(Function<Asked, String> script) {
        return new SiteFixture(script, tls, certificate, trusted, taken);
    }

    SiteFixture tls(Function<Asked, String> script) {
        return new SiteFixture(plain, script, certificate, trusted, taken);
    }

    /** Without one of the headers, or with another value. */
    SiteFixture header(String name, String... inPlace) {
        List<String> headers = new ArrayList<>(SECURE);
        headers.removeIf(header -> header.startsWith(name + ":"));
        headers.addAll(List.of(inPlace));
        return tls(_ -> page(headers));
    }

    SiteFixture endsIn(Duration left) {
        Instant end = Instant.now().plus(left);
        return new SiteFixture(
                plain, tls, TestCertificate.create(end, HOST, "www." + HOST), trusted, taken);
    }

    SiteFixture named(String name) {
        return new SiteFixture(plain, tls, TestCertificate.forNames(name), trusted, taken);
    }

    SiteFixture commonNameOnly() {
        return new SiteFixture(plain, tls, TestCertificate.forCommonName(HOST), trusted, taken);
    }

    SiteFixture taking(ReceivedHello.Taken hellos) {
        return new SiteFixture(plain, tls, certificate, trusted, hellos);
    }

    /** One that takes TLS 1.2 with these suites. */
    SiteFixture taking(ClientHello.WeakSuites weak) {
        List<Integer> codes = Arrays.stream(weak.codes()).boxed().toList();
        return taking(h -> h.minor() == 3 && codes.containsAll(h.suites()));
    }

    SiteFixture untrusted() {
        return new SiteFixture(plain, tls, certificate, false, taken);
    }

    /** Starts the servers, checks them, and stops them. */
    Report check() {
        try (LoopbackServer http = LoopbackServer.plain(ADDRESS, plain);
                LoopbackServer https = LoopbackServer.tls(ADDRESS, certificate, tls, taken)) {
            return check(
                    Map.of(HOST, List.of(ADDRESS), "www." + HOST, List.of(ADDRESS)),
                    Map.of(ADDRESS + ":80", http.port(), ADDRESS + ":443", https.port()));
        }
    }

    /** Checks servers that are running. */
    Report check(Map<String, List<String>> names, Map<String, Integer> servers) {
        List<X509Certificate> roots =
                List.of(trusted ? certificate.certificate() : OTHER_ROOT.certificate());
        return check(LoopbackOutboundClient.to(names, servers, roots), HOST);
    }

    static Report check(OutboundClient outbound, String host) {
        CheckClient client =
                new CheckClient(outbound, "test", ResourceBudget.of(Duration.ofSeconds(60)));
        FrontDoorCheck check =
                new FrontDoorCheck(client, Clock.systemUTC(), FrontDoorCheck.Listener.NONE);
        return switch (check.run(host, "/")) {
            case FrontDoorCheck.Complete(var report) -> report;
            case FrontDoorCheck.Partial _ -> throw new AssertionError("Out of time");
            case FrontDoorCheck.NotVisited() -> throw new AssertionError("Not visited");
        };
    }
}
