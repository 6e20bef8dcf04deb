package dev.gatehouse.redirect;

import dev.gatehouse.connector.PingFilter;
import dev.gatehouse.redirect.RedirectDecision.Served;

/** {@code /ping} is answered on both connectors, to anybody: it tells nothing but that we live. */
class PingExemption implements Rule {

    private static final Finding SERVED =
            Finding.decided(new Served(Reason.PING), "the path is /ping, exactly");
    private static final Finding OTHER = Finding.passed("the path is not exactly /ping");

    @Override
    public String name() {
        return "ping";
    }

    @Override
    public Finding examine(ExaminedRequest request) {
        return PingFilter.PATH.equals(request.facts().path()) ? SERVED : OTHER;
    }
}
