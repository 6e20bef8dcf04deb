package dev.gatehouse.reload;

import dev.gatehouse.config.ConfigurationMistake;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The last reload, for people to read; names of properties, but no values except the one that a
 * mistake shows.
 *
 * @param at null before the first reload
 * @param trigger {@code signal}, {@code actuator} or {@code files}
 * @param outcome {@code applied} or {@code rejected}
 * @param applied the properties that it changed
 * @param needsRestart the properties that differ from those of the start, without effect so far
 * @param mistake why it was rejected
 */
record ReloadReport(
        @Nullable Instant at,
        @Nullable String trigger,
        @Nullable String outcome,
        Set<String> applied,
        Set<String> needsRestart,
        @Nullable ConfigurationMistake mistake) {

    static final String APPLIED = "applied";
    static final String REJECTED = "rejected";

    static final ReloadReport NONE = new ReloadReport(null, null, null, Set.of(), Set.of(), null);

    boolean isRejected() {
        return REJECTED.equals(outcome);
    }
}
