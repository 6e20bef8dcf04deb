package dev.gatehouse.redirect;

import dev.gatehouse.connector.PingFilter;

/** {@code /ping} is answered on both connectors, to anybody: it tells nothing but that we live. */
class PingExemption implements Exemption {

    @Override
    public Reason reason() {
        return Reason.PING;
    }

    @Override
    public boolean isExempt(RedirectRequest request) {
        return PingFilter.PATH.equals(request.path());
    }
}
