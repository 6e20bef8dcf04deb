package dev.gatehouse.acme;

import java.util.Locale;

/** Why there is no new certificate, and the likely remedy. */
enum FailureKind {
    DNS("Check the name's A and AAAA records: each must lead to this server."),
    CONNECTION(
            "Let everybody reach port 80 of this server: check its firewall, the provider's, port"
                    + " forwarding to gatehouse.http.port, and that AAAA records are this server's too."),
    WRONG_ANSWER(
            "Something else answered for the name: check that its A and AAAA records lead to this"
                    + " server, and that no proxy or CDN before it answers /.well-known/acme-challenge/."),
    CAA("Allow this certificate authority in the name's CAA records, or remove them."),
    RATE_LIMIT(
            "Wait for the time that the certificate authority named; try with gatehouse.acme.directory"
                    + " = letsencrypt-staging meanwhile."),
    NAME_REFUSED(
            "Remove the name from gatehouse.acme.domains, or take a certificate authority that"
                    + " allows it."),
    ACCOUNT(
            "Check gatehouse.acme.eab, gatehouse.acme.email and what the certificate authority says"
                    + " of the account."),
    PROFILE("Set gatehouse.acme.profile to a profile that the certificate authority offers."),
    UNREACHABLE(
            "Check that this server reaches the certificate authority: gatehouse.acme.directory, DNS,"
                    + " outgoing HTTPS, https.proxyHost, gatehouse.acme.trusted-ca for a private one."),
    CA_ERROR("Look at the certificate authority's status page; nothing has to be done here."),
    STORAGE("Correct gatehouse.acme.storage: nothing in it was overwritten."),
    NOT_SERVED("Check this machine's clock.");

    private final String remedy;

    FailureKind(String remedy) {
        this.remedy = remedy;
    }

    /** As a sentence. */
    String remedy() {
        return remedy;
    }

    /** As it stands in metric tags, such as {@code rate-limit}. */
    String tag() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
