package dev.gatehouse.liveness;

import dev.gatehouse.acme.AcmeEvent;
import dev.gatehouse.connector.ConnectorName;
import dev.gatehouse.tls.CertificateReload;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;

/**
 * The last events of the server, in memory: deaths and restarts of connectors, changes of
 * certificates, and changes of what is seen from outside.
 */
public class EventLog {

    private static final int CAPACITY = 100;

    private final Deque<Event> events = new ArrayDeque<>();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final Clock clock;
    private long version;

    public EventLog(Clock clock) {
        this.clock = clock;
    }

    /**
     * An event.
     *
     * @param connector the connector that it is about, or null
     * @param state the state that it stands for
     * @param headline a sentence for the public, or null where it is for operators only
     * @param detail what happened, for operators
     */
    public record Event(
            Instant time,
            @Nullable ConnectorName connector,
            Verdict.State state,
            @Nullable String headline,
            String detail) {}

    /** Adds an event for the public. */
    public void add(Verdict.State state, String headline, String detail) {
        add(new Event(clock.instant(), null, state, headline, detail));
    }

    /** Adds an event for operators that is not of a connector. */
    public void add(String detail) {
        add(new Event(clock.instant(), null, Verdict.State.ALIVE, null, detail));
    }

    /** Adds an event of a connector, for operators. */
    void add(ConnectorName connector, String detail) {
        add(new Event(clock.instant(), connector, Verdict.State.ALIVE, null, detail));
    }

    /** Adds an event of a connector, for the public. */
    void add(ConnectorName connector, Verdict.State state, String headline, String detail) {
        add(new Event(clock.instant(), connector, state, headline, detail));
    }

    /** Adds a listener, which runs before an event becomes visible, on the thread that adds it. */
    public void addListener(Runnable listener) {
        listeners.add(listener);
    }

    private void add(Event event) {
        listeners.forEach(Runnable::run);
        publish(event);
    }

    private synchronized void publish(Event event) {
        if (events.size() == CAPACITY) {
            events.removeFirst();
        }
        events.add(event);
        version++;
        notifyAll();
    }

    @EventListener
    void certificateReloaded(CertificateReload reload) {
        String detail = reload.bundle() + ": " + reload.detail();
        switch (reload.outcome()) {
            case TAKEN -> add(Verdict.State.ALIVE, "A new certificate is served", detail);
            case REFUSED -> add(Verdict.State.BUSY, "A new certificate cannot be served", detail);
            case NOT_ON_WIRE ->
                    add(Verdict.State.BUSY, "A new certificate is not served yet", detail);
            case NOT_SERVED -> add(Verdict.State.DEAD, "A certificate is not served", detail);
        }
    }

    /** An obtained certificate is published as a reload too. */
    @EventListener
    void certificateRequested(AcmeEvent attempt) {
        if (!attempt.obtained()) {
            add(Verdict.State.BUSY, "A new certificate was not obtained", attempt.detail());
        }
    }

    /** From the oldest to the newest. */
    public synchronized List<Event> events() {
        return List.copyOf(events);
    }

    /** The number of events so far. */
    public synchronized long version() {
        return version;
    }

    /** Waits for an event after that version, at most that long, and returns the new version. */
    public synchronized long await(long seen, long millis) throws InterruptedException {
        long end = System.nanoTime() + millis * 1_000_000;
        while (version == seen && System.nanoTime() < end) {
            wait(Math.max(1, (end - System.nanoTime()) / 1_000_000));
        }
        return version;
    }
}
