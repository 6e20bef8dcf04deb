package dev.gatehouse.redirect;

import dev.gatehouse.connector.ConnectorName;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.tomcat.util.http.MimeHeaders;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a decision costs with 20 exemptions configured: ping, loopback, six networks, six paths, and
 * four gateways that together with ACME and trusted proxies make up the rest. The headers are
 * Tomcat's own. Run by hand, as docs/redirect.md says.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class RedirectPolicyBenchmark {

    private static final String PEER = "203.0.113.7";

    private final RedirectPolicy policy =
            TestPolicy.of(
                    "acme=true",
                    "gatehouse.exemptions.networks="
                            + "10.1.0.0/16,10.2.0.0/16,10.3.0.0/16,192.168.7.0/24,fd00:1::/32,"
                            + "172.20.0.0/14",
                    "gatehouse.exemptions.paths=/status,/hooks/**,/v*/health,/metrics,/a/*/b,/x/{id}",
                    "gatehouse.trusted-proxies=10.9.0.0/16",
                    "gatehouse.gateways[0].name=one",
                    "gatehouse.gateways[0].header=X-RapidAPI-Proxy-Secret",
                    "gatehouse.gateways[0].secrets=" + TestPolicy.SECRET,
                    "gatehouse.gateways[1].name=two",
                    "gatehouse.gateways[1].header=X-Origin-Verify",
                    "gatehouse.gateways[1].secrets=" + TestPolicy.NEXT_SECRET,
                    "gatehouse.gateways[2].name=three",
                    "gatehouse.gateways[2].header=X-Kong-Secret",
                    "gatehouse.gateways[2].secrets=" + TestPolicy.NEXT_SECRET,
                    "gatehouse.gateways[3].name=four",
                    "gatehouse.gateways[3].header=X-Apigee-Secret",
                    "gatehouse.gateways[3].secrets=" + TestPolicy.NEXT_SECRET);

    private final TomcatHeaders browser = new TomcatHeaders();
    private final TomcatHeaders gateway = new TomcatHeaders();

    public RedirectPolicyBenchmark() {
        browser.add("Host", "www.example.com");
        browser.add("User-Agent", "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko Firefox/140.0");
        browser.add("Accept", "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8");
        browser.add("Accept-Language", "en");
        browser.add("Accept-Encoding", "gzip, deflate");
        browser.add("Connection", "keep-alive");
        browser.add("Upgrade-Insecure-Requests", "1");
        gateway.add("Host", "www.example.com");
        gateway.add("X-RapidAPI-Proxy-Secret", TestPolicy.SECRET);
    }

    /** A browser that is sent to HTTPS: every rule is asked. */
    @Benchmark
    public Object redirected() {
        return policy.decide(
                request(ConnectorName.HTTP, "www.example.com", "/a/page.html", browser));
    }

    /** The same with a port, a query and a name in capitals. */
    @Benchmark
    public Object redirectedFromUnusualHost() {
        return policy.decide(
                new RedirectRequest(
                        ConnectorName.HTTP,
                        PEER,
                        "GET",
                        "WWW.Example.com:8080",
                        "/a/page.html",
                        "q=1",
                        browser));
    }

    /** A browser over TLS, as most requests are. */
    @Benchmark
    public Object servedOverTls() {
        return policy.decide(
                request(ConnectorName.HTTPS, "www.example.com", "/a/page.html", browser));
    }

    /** A path that matches a pattern. */
    @Benchmark
    public Object exemptByPath() {
        return policy.decide(
                request(ConnectorName.HTTP, "www.example.com", "/hooks/push", browser));
    }

    /** A gateway, whose secret is hashed. */
    @Benchmark
    public Object servedToGateway() {
        return policy.decide(
                request(ConnectorName.HTTP, "www.example.com", "/a/page.html", gateway));
    }

    /** A scanner that asks for the address. */
    @Benchmark
    public Object refusedByName() {
        return policy.decide(request(ConnectorName.HTTP, "192.0.2.77", "/", browser));
    }

    private static RedirectRequest request(
            ConnectorName connector, String host, String path, TomcatHeaders headers) {
        return new RedirectRequest(connector, PEER, "GET", host, path, null, headers);
    }

    /** What a servlet request looks headers up in. */
    private static final class TomcatHeaders implements RedirectRequest.Headers {

        private final MimeHeaders headers = new MimeHeaders();

        void add(String name, String value) {
            headers.addValue(name).setString(value);
        }

        @Override
        public @Nullable String first(String name) {
            return headers.getHeader(name);
        }

        @Override
        public List<String> values(String name) {
            return Collections.list(headers.values(name));
        }

        @Override
        public Collection<String> names() {
            return Collections.list(headers.names());
        }
    }
}
