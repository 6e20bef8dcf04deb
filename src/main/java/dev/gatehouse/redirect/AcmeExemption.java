package dev.gatehouse.redirect;

import dev.gatehouse.acme.AcmeChallenge;
import dev.gatehouse.redirect.RedirectDecision.Refused;
import dev.gatehouse.redirect.RedirectDecision.Served;

/**
 * ACME's HTTP-01 challenges: a certificate authority asks over plain HTTP, before there is any
 * certificate. Asked for by any name, for the name is what is being proved.
 */
class AcmeExemption implements Rule {

    private static final Finding SERVED =
            Finding.decided(new Served(Reason.ACME_CHALLENGE), "the path is a challenge's");
    private static final Finding NO_TOKEN =
            Finding.decided(
                    new Refused(Refusal.NOT_A_CHALLENGE),
                    "the path is in the challenges' folder, but is not a token");
    private static final Finding OTHER =
            Finding.passed("the path is not in the challenges' folder");
    private static final Finding TLS = Finding.passed("challenges are asked for over plain HTTP");

    @Override
    public String name() {
        return "acme-challenge";
    }

    @Override
    public String describe() {
        return AcmeChallenge.FOLDER + "TOKEN";
    }

    @Override
    public Finding examine(ExaminedRequest request) {
        String path = request.facts().path();
        if (!path.startsWith(AcmeChallenge.FOLDER)) {
            return OTHER;
        }
        if (request.isOverTls()) {
            return TLS;
        }
        return AcmeChallenge.isChallenge(path) ? SERVED : NO_TOKEN;
    }
}
