package dev.gatehouse.redirect;

import org.jspecify.annotations.Nullable;

/**
 * The one name that the site wants to be known by.
 *
 * @param host the name, or null where none is configured
 * @param isForced whether visitors of its other name, with or without {@code www.}, are sent to it
 */
record CanonicalHost(@Nullable RequestedHost host, boolean isForced) {

    private static final String WWW = "www.";

    /** Whether it is that very host. */
    boolean is(RequestedHost other) {
        return host != null && host.name().equals(other.name());
    }

    /** Whether that is its other name, which is left for it. */
    boolean replaces(@Nullable RequestedHost other) {
        return isForced
                && host != null
                && other != null
                && (isWww(host.name(), other.name()) || isWww(other.name(), host.name()));
    }

    /** The host to send a visitor to who asks for that one of the site. */
    RequestedHost insteadOf(RequestedHost asked) {
        return host != null && replaces(asked) ? host : asked;
    }

    private static boolean isWww(String www, String bare) {
        return www.length() == bare.length() + WWW.length()
                && www.startsWith(WWW)
                && www.endsWith(bare);
    }
}
