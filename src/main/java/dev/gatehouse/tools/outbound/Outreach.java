package dev.gatehouse.tools.outbound;

/** The two together: a resolver and the wire behind it, under one guard. */
public record Outreach(Resolver resolver, Wire wire) {

    /** To strangers alone, whoever asks for it. */
    static Outreach toStrangers() {
        return under(AddressGuard.strangersAlone());
    }

    /**
     * To wherever the operator's own configuration points, which may well be an address of ours:
     * never for anything that a visitor has typed.
     */
    static Outreach toConfigured() {
        return under(_ -> true);
    }

    private static Outreach under(AddressGuard guard) {
        return new Outreach(
                new Resolver(NameLookup.SYSTEM, guard),
                new Wire(Dialer.guarded(guard), RecordingTrust.roots(null)));
    }
}
