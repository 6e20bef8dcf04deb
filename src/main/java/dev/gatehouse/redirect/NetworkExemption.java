package dev.gatehouse.redirect;

import dev.gatehouse.gateway.Networks;
import dev.gatehouse.redirect.RedirectDecision.Served;

/** Peers in certain networks. It is the socket's peer that counts, never a header. */
class NetworkExemption implements Rule {

    private static final Finding SERVED =
            Finding.decided(new Served(Reason.NETWORK), "the socket's peer is in one of them");
    private static final Finding ELSEWHERE = Finding.passed("the socket's peer is in none of them");

    private final Networks networks;

    NetworkExemption(Networks networks) {
        this.networks = networks;
    }

    @Override
    public String name() {
        return "networks";
    }

    @Override
    public String describe() {
        return networks.toString();
    }

    @Override
    public Finding examine(ExaminedRequest request) {
        return networks.contains(request.peer()) ? SERVED : ELSEWHERE;
    }
}
