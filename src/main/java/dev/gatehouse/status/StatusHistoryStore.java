package dev.gatehouse.status;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Keeps the history of this instance over a restart. */
public interface StatusHistoryStore {

    /**
     * What earlier runs have saved, in the order of time for each component; absent while it cannot
     * be read, which is tried again.
     */
    Optional<List<Entry>> load();

    /** Saves the whole history; called again and again, and at the end. */
    void save(List<Entry> entries);

    /**
     * A time in which the condition of a component did not change.
     *
     * @param component such as {@code HTTPS}
     * @param condition such as {@code ALIVE}
     */
    record Entry(String component, Instant from, Instant until, String condition) {}
}
