package dev.gatehouse.status;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The last 24 hours of a component, in slots of ten minutes, each with its worst condition. */
class StatusTimeline {

    static final Duration SLOT = Duration.ofMinutes(10);
    static final int SLOTS = 144;

    private final ComponentCondition[] slots = new ComponentCondition[SLOTS];
    private long newest = -1;

    synchronized void record(Instant at, ComponentCondition condition) {
        long slot = at.getEpochSecond() / SLOT.toSeconds();
        for (long s = Math.max(newest + 1, slot - SLOTS + 1); s <= slot; s++) {
            slots[index(s)] = ComponentCondition.UNKNOWN;
        }
        newest = Math.max(newest, slot);
        slots[index(slot)] = slots[index(slot)].worse(condition);
    }

    /** From the oldest to the newest; unknown where nothing was recorded. */
    synchronized List<ComponentCondition> slots() {
        List<ComponentCondition> all = new ArrayList<>();
        for (long s = newest - SLOTS + 1; s <= newest; s++) {
            ComponentCondition slot = s < 0 ? null : slots[index(s)];
            all.add(slot == null ? ComponentCondition.UNKNOWN : slot);
        }
        return all;
    }

    private static int index(long slot) {
        return Math.toIntExact(slot % SLOTS);
    }
}
