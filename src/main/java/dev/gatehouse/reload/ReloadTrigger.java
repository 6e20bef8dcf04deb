package dev.gatehouse.reload;

import java.util.Locale;

/** What made the server read its configuration again. */
enum ReloadTrigger {
    SIGNAL,
    ACTUATOR,
    FILES;

    String tag() {
        return name().toLowerCase(Locale.ROOT);
    }
}
