package dev.gatehouse.status;

import dev.gatehouse.liveness.Verdict;
import java.util.Locale;

/** The condition of a component, from the best to the worst. */
enum ComponentCondition {
    /** Not configured, or not checked yet. */
    UNKNOWN,
    ALIVE,
    BUSY,
    DEAD;

    static ComponentCondition of(Verdict.State state) {
        return switch (state) {
            case ALIVE -> ALIVE;
            case BUSY -> BUSY;
            case DEAD -> DEAD;
        };
    }

    /** As in class names. */
    String tag() {
        return name().toLowerCase(Locale.ROOT);
    }

    ComponentCondition worse(ComponentCondition other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
