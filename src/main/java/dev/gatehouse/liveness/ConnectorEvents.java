package dev.gatehouse.liveness;

import dev.gatehouse.connector.ConnectorName;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The last things that happened to the connectors. */
class ConnectorEvents {

    private static final int MOST = 50;

    private final Deque<Event> events = new ArrayDeque<>();
    private final Clock clock;

    ConnectorEvents(Clock clock) {
        this.clock = clock;
    }

    synchronized void add(ConnectorName connector, String what) {
        if (events.size() == MOST) {
            events.removeFirst();
        }
        events.add(new Event(clock.instant(), connector.tag(), what));
    }

    /** From the oldest to the newest. */
    synchronized List<Event> latest() {
        return List.copyOf(events);
    }

    /** One of them. */
    record Event(Instant time, String connector, String event) {}
}
