package dev.gatehouse.tools.frontdoor;

import dev.gatehouse.tools.frontdoor.Observations.Conclusion;
import dev.gatehouse.tools.frontdoor.Observations.Hop;
import dev.gatehouse.tools.frontdoor.Observations.Probe;
import dev.gatehouse.tools.outbound.HttpExchange;
import dev.gatehouse.tools.outbound.HttpUrl;
import dev.gatehouse.tools.outbound.RawRequest;
import dev.gatehouse.tools.outbound.Scheme;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * Probes as a kubelet does (kubernetes pkg/probe/http): no certificate is verified, 200 to 399
 * passes, a redirect is followed while the host name stays the same, and one to another host counts
 * as success.
 */
record KubeletProbe(CheckClient client, InetAddress address) {

    private static final int LONGEST = 10;
    private static final String USER_AGENT = "kube-probe/1.35";

    Probe send(Scheme scheme, String host, String path) {
        HttpUrl url = HttpUrl.of(scheme, host, path);
        List<Hop> hops = new ArrayList<>();
        while (hops.size() < LONGEST) {
            HttpExchange exchange = send(url);
            hops.add(new Hop(url, exchange));
            switch (RedirectChain.location(url, exchange).orElse(null)) {
                case null -> {
                    return new Probe(scheme, hops, conclusion(exchange));
                }
                case RedirectChain.Unvisitable _ -> {
                    return new Probe(scheme, hops, Conclusion.FAILS);
                }
                case RedirectChain.Visitable(var next) when !next.host().equals(host) -> {
                    return new Probe(scheme, hops, Conclusion.BLIND);
                }
                case RedirectChain.Visitable(var next) -> url = next;
            }
        }
        return new Probe(scheme, hops, Conclusion.FAILS);
    }

    /** Always to the same address, as a pod's probe. */
    private HttpExchange send(HttpUrl url) {
        return client.send(
                address,
                url,
                RawRequest.of("GET", url.pathAndQuery(), url.authority(), USER_AGENT));
    }

    private static Conclusion conclusion(HttpExchange exchange) {
        return exchange instanceof HttpExchange.Answered answered
                        && answered.response().status() >= 200
                        && answered.response().status() < 400
                ? Conclusion.PASSES
                : Conclusion.FAILS;
    }
}
