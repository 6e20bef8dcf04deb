package dev.gatehouse.redirect;

/** The last rule: whoever comes this far is sent to HTTPS. */
class HttpsRule implements Rule {

    private final CanonicalHost canonical;
    private final Destination destination;

    HttpsRule(CanonicalHost canonical, Destination destination) {
        this.canonical = canonical;
        this.destination = destination;
    }

    @Override
    public String name() {
        return "https";
    }

    @Override
    public Finding examine(ExaminedRequest request) {
        RequestedHost host = request.host();
        if (host == null) {
            throw new IllegalStateException("The rules before this one let no such request pass");
        }
        return Finding.decided(
                destination.on(
                        canonical.insteadOf(host),
                        request.facts(),
                        request.reasonOr(Reason.HTTPS_REQUIRED)),
                "it came over plain HTTP and nothing exempts it");
    }
}
