package dev.gatehouse.tls;

import java.util.Locale;

/** What became of a changed certificate. */
public enum ReloadOutcome {
    /** It is served from now on. */
    TAKEN,
    /** It cannot be served; the old one is. */
    REFUSED,
    /** It was taken, and yet the wire shows another one. */
    NOT_ON_WIRE,
    /** No client that asks for one of its names completes a handshake. */
    NOT_SERVED;

    /**
     * As it stands in metric tags: {@code taken}, {@code refused}, {@code not-on-wire}, {@code
     * not-served}.
     */
    public String tag() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
