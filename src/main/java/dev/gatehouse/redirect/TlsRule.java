package dev.gatehouse.redirect;

import dev.gatehouse.redirect.RedirectDecision.Served;

/** What came over TLS is served, whatever host it asks for. */
class TlsRule implements Rule {

    private static final Finding SERVED =
            Finding.decided(new Served(Reason.TLS), "it came by the HTTPS connector");
    private static final Finding PLAIN = Finding.passed("it came by the plain connector");

    @Override
    public String name() {
        return "tls";
    }

    @Override
    public Finding examine(ExaminedRequest request) {
        return request.isOverTls() ? SERVED : PLAIN;
    }
}
