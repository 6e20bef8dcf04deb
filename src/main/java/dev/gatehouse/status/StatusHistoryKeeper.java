package dev.gatehouse.status;

import java.time.Duration;
import java.time.InstantSource;

/** Fills the history with what was saved, once that can be read, and saves it from then on. */
class StatusHistoryKeeper {

    private static final Duration LOAD_INTERVAL = Duration.ofSeconds(1);
    private static final Duration SAVE_INTERVAL = Duration.ofSeconds(10);

    private final StatusHistory history;
    private final StatusHistoryStore store;
    private final InstantSource clock;
    private boolean isLoaded;

    StatusHistoryKeeper(StatusHistory history, StatusHistoryStore store, InstantSource clock) {
        this.history = history;
        this.store = store;
        this.clock = clock;
    }

    /** Time until it has to run again. */
    synchronized Duration pause() {
        return isLoaded ? SAVE_INTERVAL : LOAD_INTERVAL;
    }

    synchronized void run() {
        if (!isLoaded) {
            store.load()
                    .ifPresent(
                            entries -> {
                                history.restore(entries, clock.instant());
                                isLoaded = true;
                            });
        }
        if (isLoaded) {
            store.save(history.entries());
        }
    }
}
