package dev.gatehouse.redirect;

import dev.gatehouse.gateway.Gateway;
import dev.gatehouse.gateway.GatewayPrincipal;
import dev.gatehouse.redirect.RedirectDecision.Served;
import java.util.List;
import java.util.stream.IntStream;

/** Serves a request that carries an API gateway's secret, once and exactly, within its limits. */
final class GatewayRule extends Rule {

    private static final Result ABSENT = Result.passed("the gateway's header is not there");
    private static final Result REPEATED =
            Result.suspicious(
                    DecisionReason.WRONG_GATEWAY_SECRET,
                    "the gateway's header is there more than once");
    private static final Result WRONG =
            Result.suspicious(
                    DecisionReason.WRONG_GATEWAY_SECRET,
                    DecisionReason.WRONG_GATEWAY_SECRET.sentence());
    private static final Result OTHER_NETWORK =
            Result.suspicious(
                    DecisionReason.GATEWAY_LIMITS,
                    "the secret is right, but the peer is not in the gateway's networks");
    private static final Result OTHER_PATH =
            Result.suspicious(
                    DecisionReason.GATEWAY_LIMITS,
                    "the secret is right, but the path is not one of the gateway's");

    private final Gateway gateway;
    private final List<Result> served;

    GatewayRule(Gateway gateway) {
        super(
                "gateway:" + gateway.name(),
                "header %s%s%s"
                        .formatted(
                                gateway.header(),
                                gateway.networks().isEmpty() ? "" : ", from " + gateway.networks(),
                                gateway.paths().isEmpty() ? "" : ", for " + gateway.paths()));
        this.gateway = gateway;
        this.served =
                IntStream.rangeClosed(1, Gateway.MOST_SECRETS)
                        .mapToObj(secret -> new GatewayPrincipal(gateway, secret))
                        .map(caller -> Result.decided(new Served(DecisionReason.GATEWAY, caller)))
                        .toList();
    }

    @Override
    Result evaluate(ParsedRequest request) {
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

    private Result withinLimits(ParsedRequest request, Result result) {
        if (!gateway.networks().isEmpty() && !gateway.networks().contains(request.peer())) {
            return OTHER_NETWORK;
        }
        boolean isPath = gateway.paths().isEmpty() || gateway.paths().match(request.path());
        return isPath ? result : OTHER_PATH;
    }
}
