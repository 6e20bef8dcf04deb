package dev.gatehouse.redirect;

import dev.gatehouse.gateway.Gateway;
import dev.gatehouse.gateway.GatewayPrincipal;
import dev.gatehouse.redirect.RedirectDecision.Served;
import java.util.List;
import java.util.stream.IntStream;

/** A request that carries an API gateway's secret, once and exactly, and keeps its limits. */
class GatewayExemption implements Rule {

    private static final Finding ABSENT = Finding.passed("the gateway's header is not there");
    private static final Finding REPEATED =
            Finding.suspicious(
                    Reason.WRONG_GATEWAY_SECRET, "the gateway's header is there more than once");
    private static final Finding WRONG =
            Finding.suspicious(
                    Reason.WRONG_GATEWAY_SECRET, "the gateway's header does not hold its secret");
    private static final Finding ELSEWHERE =
            Finding.suspicious(
                    Reason.GATEWAY_LIMITS,
                    "the secret is right, but the peer is not in the gateway's networks");
    private static final Finding OTHER_PATH =
            Finding.suspicious(
                    Reason.GATEWAY_LIMITS,
                    "the secret is right, but the path is not one of the gateway's");

    private final Gateway gateway;
    private final String name;
    private final List<Finding> served;

    GatewayExemption(Gateway gateway) {
        this.gateway = gateway;
        this.name = "gateway:" + gateway.name();
        this.served =
                IntStream.rangeClosed(1, Gateway.MOST_SECRETS)
                        .mapToObj(secret -> new GatewayPrincipal(gateway.name(), secret))
                        .map(caller -> new Served(Reason.GATEWAY, caller))
                        .map(decision -> Finding.decided(decision, "the secret is right"))
                        .toList();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String describe() {
        return "header %s%s%s"
                .formatted(
                        gateway.header(),
                        gateway.networks().isEmpty() ? "" : ", from " + gateway.networks(),
                        gateway.paths().isEmpty() ? "" : ", for " + gateway.paths());
    }

    @Override
    public Finding examine(ExaminedRequest request) {
        RedirectRequest.Headers headers = request.facts().headers();
        String given = headers.first(gateway.header());
        if (given == null) {
            return ABSENT;
        }
        if (headers.values(gateway.header()).size() != 1) {
            return REPEATED;
        }
        int secret = gateway.secretIndex(given);
        return secret < 0 ? WRONG : withinLimits(request, served.get(secret));
    }

    private Finding withinLimits(ExaminedRequest request, Finding finding) {
        if (!gateway.networks().isEmpty() && !gateway.networks().contains(request.peer())) {
            return ELSEWHERE;
        }
        boolean isPath = gateway.paths().isEmpty() || gateway.paths().match(request.path());
        return isPath ? finding : OTHER_PATH;
    }
}
