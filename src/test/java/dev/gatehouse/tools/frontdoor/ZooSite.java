package dev.gatehouse.tools.frontdoor;

import static dev.gatehouse.tools.frontdoor.LoopbackDoor.answer;

import dev.gatehouse.testing.TestCertificate;
import dev.gatehouse.tools.frontdoor.LoopbackDoor.Asked;
import dev.gatehouse.tools.outbound.OpenedOutreach;
import dev.gatehouse.tools.outbound.Outreach;
import dev.gatehouse.tools.outbound.WorkBudget;
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
 * A site of the zoo: the two doors of {@code site.test}. {@link #good} has no fault; each method
 * puts one in.
 */
record ZooSite(
        Function<Asked, String> plain,
        Function<Asked, String> tls,
        TestCertificate certificate,
        boolean trusted,
        OldHello.Taken taken) {

    static final String HOST = "site.test";
    static final List<String> SECURE =
            List.of(
                    "Content-Type: text/html",
                    "Strict-Transport-Security: max-age=31536000",
                    "Content-Security-Policy: default-src 'self'; frame-ancestors 'none'",
                    "X-Content-Type-Options: nosniff",
                    "Referrer-Policy: same-origin");
    private static final String ADDRESS = "127.0.0.31";
    private static final TestCertificate OTHER_ROOT = TestCertificate.forNames("root.test");

    static ZooSite good() {
        TestCertificate certificate = TestCertificate.forNames(HOST, "www." + HOST);
        return new ZooSite(
                ZooSite::redirect, _ -> page(SECURE), certificate, true, OldHello.Taken.NONE);
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

    ZooSite plain(Function<Asked, String> script) {
        return new ZooSite(script, tls, certificate, trusted, taken);
    }

    ZooSite tls(Function<Asked, String> script) {
        return new ZooSite(plain, script, certificate, trusted, taken);
    }

    /** Without one of the headers, or with another value. */
    ZooSite header(String name, String... inPlace) {
        List<String> headers = new ArrayList<>(SECURE);
        headers.removeIf(header -> header.startsWith(name + ":"));
        headers.addAll(List.of(inPlace));
        return tls(_ -> page(headers));
    }

    ZooSite endsIn(Duration left) {
        Instant end = Instant.now().plus(left);
        return new ZooSite(
                plain, tls, TestCertificate.create(end, HOST, "www." + HOST), trusted, taken);
    }

    ZooSite named(String name) {
        return new ZooSite(plain, tls, TestCertificate.forNames(name), trusted, taken);
    }

    ZooSite taking(OldHello.Taken hellos) {
        return new ZooSite(plain, tls, certificate, trusted, hellos);
    }

    /** One that takes TLS 1.2 with these suites. */
    ZooSite taking(WeakSuites weak) {
        List<Integer> codes = Arrays.stream(weak.codes()).boxed().toList();
        return taking(h -> h.minor() == 3 && codes.containsAll(h.suites()));
    }

    ZooSite untrusted() {
        return new ZooSite(plain, tls, certificate, false, taken);
    }

    /** Opens the doors, has them checked, and closes them. */
    Report check() {
        try (LoopbackDoor http = LoopbackDoor.plain(ADDRESS, plain);
                LoopbackDoor https = LoopbackDoor.tls(ADDRESS, certificate, tls, taken)) {
            return check(
                    Map.of(HOST, List.of(ADDRESS), "www." + HOST, List.of(ADDRESS)),
                    Map.of(ADDRESS + ":80", http.port(), ADDRESS + ":443", https.port()));
        }
    }

    /** Checks doors that others have opened. */
    Report check(Map<String, List<String>> names, Map<String, Integer> doors) {
        List<X509Certificate> roots =
                List.of(trusted ? certificate.certificate() : OTHER_ROOT.certificate());
        return check(OpenedOutreach.to(names, doors, roots), HOST);
    }

    static Report check(Outreach outreach, String host) {
        Visitor visitor =
                new Visitor(outreach, "zoo-keeper", WorkBudget.of(Duration.ofSeconds(60)));
        FrontDoorCheck check =
                new FrontDoorCheck(visitor, Clock.systemUTC(), CheckProgress.UNHEARD);
        return switch (check.run(host, "/")) {
            case CheckOutcome.Whole(var report) -> report;
            case CheckOutcome.Partial _ -> throw new AssertionError("Out of time");
            case CheckOutcome.NotVisited() -> throw new AssertionError("Not visited");
        };
    }
}
