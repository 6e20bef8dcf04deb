package dev.gatehouse.status;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Remembers what was seen: the last sights, a strip of each, and what changed. */
class Observatory {

    private static final Logger logger = LoggerFactory.getLogger(Observatory.class);
    private static final int EVENTS = 50;

    /** In these very words. */
    static final String CONTRADICTION = "Inside says alive, outside says dead";

    private final HealthSight health;
    private final ConnectorNumbers numbers;
    private final Clock clock;
    private final Map<Subject, Sight> sights = new EnumMap<>(Subject.class);
    private final Map<Subject, Strip> strips = new EnumMap<>(Subject.class);
    private final Map<Subject, Long> restarts = new EnumMap<>(Subject.class);
    private final Deque<Event> events = new ArrayDeque<>();
    private long version;
    private boolean contradicted;

    Observatory(HealthSight health, ConnectorNumbers numbers, Clock clock) {
        this.health = health;
        this.numbers = numbers;
        this.clock = clock;
        for (Subject subject : Subject.values()) {
            sights.put(subject, Sight.NOTHING);
            strips.put(subject, new Strip());
        }
    }

    /** Looks at everything once. */
    synchronized void look() {
        Instant now = clock.instant();
        for (Subject subject : Subject.values()) {
            seeRestarts(subject, now);
            see(subject, health.of(subject), now);
        }
        contradict(now);
    }

    /** Counted, since a connector may be dead and healed between two looks. */
    private void seeRestarts(Subject subject, Instant now) {
        long count = numbers.restarts(subject).orElse(0);
        long before = restarts.getOrDefault(subject, 0L);
        restarts.put(subject, count);
        if (count > before) {
            String text = subject.title() + " was restarted";
            add(new Event(now, Condition.BUSY, text, "restart " + count + " since the start"));
        }
    }

    private void see(Subject subject, Sight sight, Instant now) {
        Condition before = sight(subject).condition();
        sights.put(subject, sight);
        strip(subject).note(now, sight.condition());
        if (before != sight.condition()) {
            String text = subject.title() + " is " + sight.condition().tag();
            add(new Event(now, sight.condition(), text, sight.reason()));
        }
    }

    /** What nobody inside would ever notice: the page and the log say just that. */
    private void contradict(Instant now) {
        boolean contradiction = isContradiction();
        if (contradiction && !contradicted) {
            String detail = sight(Subject.OUTSIDE).reason();
            logger.error("{}: {}", CONTRADICTION, detail);
            add(new Event(now, Condition.DEAD, CONTRADICTION, detail));
        }
        contradicted = contradiction;
    }

    synchronized boolean isContradiction() {
        return sight(Subject.OUTSIDE).condition() == Condition.DEAD
                && sight(Subject.HTTP).condition() != Condition.DEAD
                && sight(Subject.HTTPS).condition() != Condition.DEAD;
    }

    /** Remembers what others have to tell. */
    synchronized void note(Condition condition, String text, String detail) {
        add(new Event(clock.instant(), condition, text, detail));
    }

    private void add(Event event) {
        events.addFirst(event);
        if (events.size() > EVENTS) {
            events.removeLast();
        }
        version++;
        notifyAll();
    }

    /** Waits for a change after that version, or that long, and says the version that holds. */
    synchronized long await(long seen, long millis) throws InterruptedException {
        long end = System.nanoTime() + millis * 1_000_000;
        while (version == seen && System.nanoTime() < end) {
            wait(Math.max(1, (end - System.nanoTime()) / 1_000_000));
        }
        return version;
    }

    synchronized long version() {
        return version;
    }

    synchronized Sight sight(Subject subject) {
        return sights.getOrDefault(subject, Sight.NOTHING);
    }

    synchronized Strip strip(Subject subject) {
        return strips.computeIfAbsent(subject, _ -> new Strip());
    }

    /** The newest first. */
    synchronized List<Event> events() {
        return List.copyOf(events);
    }
}
