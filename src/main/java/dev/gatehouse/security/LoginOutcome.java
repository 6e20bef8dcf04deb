package dev.gatehouse.security;

import java.util.Locale;

/** What became of a login. */
enum LoginOutcome {
    CORRECT,
    /** The user name or the password was wrong. */
    WRONG,
    /** Not compared: the client has failed too often. */
    LOCKED,
    /** Not compared: too many logins wait for their comparison. */
    BUSY;

    String tag() {
        return name().toLowerCase(Locale.ROOT);
    }
}
