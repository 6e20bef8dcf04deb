package dev.gatehouse.status;

import dev.gatehouse.liveness.EventLog;
import dev.gatehouse.liveness.Verdict.State;
import dev.gatehouse.status.StatusHistoryStore.Entry;
import dev.gatehouse.status.StatusTimeline.Interval;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The status of each component, now and over the last 24 hours. The connectors' changes are in the
 * event log already; the history adds those of the view from outside, and that it contradicts the
 * view from inside.
 */
class StatusHistory {

    private static final Logger logger = LoggerFactory.getLogger(StatusHistory.class);

    static final String CONTRADICTION = "Inside says alive, outside says dead";

    private final Function<StatusComponent, ComponentStatus> source;
    private final EventLog events;
    private final Clock clock;
    private final Map<StatusComponent, StatusTimeline> timelines =
            new EnumMap<>(StatusComponent.class);
    private ComponentCondition outsideBefore = ComponentCondition.UNKNOWN;
    private boolean contradictionBefore;

    StatusHistory(Function<StatusComponent, ComponentStatus> source, EventLog events, Clock clock) {
        this.source = source;
        this.events = events;
        this.clock = clock;
        for (StatusComponent component : StatusComponent.values()) {
            timelines.put(component, new StatusTimeline());
        }
    }

    /** Records the present conditions, and adds the events that follow. Called by one thread. */
    void record() {
        recordConditions();
        addOutsideEvent();
        addContradictionEvent();
    }

    /**
     * Records the present condition of all components. Called at each event too: a change has its
     * true time, and is in the timeline when a browser hears of it, however short it is.
     */
    synchronized void recordConditions() {
        Instant now = clock.instant();
        for (StatusComponent component : StatusComponent.values()) {
            timeline(component).record(now, condition(component));
        }
    }

    private void addOutsideEvent() {
        ComponentStatus outside = status(StatusComponent.OUTSIDE);
        if (outside.condition() != outsideBefore) {
            outsideBefore = outside.condition();
            events.add(
                    outside.condition() == ComponentCondition.DEAD ? State.DEAD : State.ALIVE,
                    StatusComponent.OUTSIDE.title() + " is " + outside.condition().tag(),
                    outside.reason());
        }
    }

    private void addContradictionEvent() {
        boolean contradiction = isContradiction();
        if (contradiction && !contradictionBefore) {
            String detail = status(StatusComponent.OUTSIDE).reason();
            logger.error("{}: {}", CONTRADICTION, detail);
            events.add(State.DEAD, CONTRADICTION, detail);
        }
        contradictionBefore = contradiction;
    }

    /** Whether both connectors answer here, but not through the public address. */
    boolean isContradiction() {
        return condition(StatusComponent.OUTSIDE) == ComponentCondition.DEAD
                && condition(StatusComponent.HTTP) != ComponentCondition.DEAD
                && condition(StatusComponent.HTTPS) != ComponentCondition.DEAD;
    }

    /** The present status of a component. */
    ComponentStatus status(StatusComponent component) {
        return source.apply(component);
    }

    private ComponentCondition condition(StatusComponent component) {
        return status(component).condition();
    }

    /** All that is recorded, for the store. */
    List<Entry> entries() {
        List<Entry> entries = new ArrayList<>();
        for (StatusComponent component : StatusComponent.values()) {
            for (Interval interval : timeline(component).recorded()) {
                entries.add(
                        new Entry(
                                component.name(),
                                interval.from(),
                                interval.until(),
                                interval.condition().name()));
            }
        }
        return entries;
    }

    /**
     * Puts what earlier runs recorded before what this one has, as far as it is over.
     *
     * @param now the time: a clock that was ahead then may have saved what is not over yet
     */
    void restore(List<Entry> entries, Instant now) {
        for (StatusComponent component : StatusComponent.values()) {
            timeline(component)
                    .addEarlier(
                            entries.stream()
                                    .filter(entry -> entry.component().equals(component.name()))
                                    .filter(StatusHistory::isKnown)
                                    .map(StatusHistory::interval)
                                    .toList(),
                            now);
        }
    }

    /** Another version may know other conditions. */
    private static boolean isKnown(Entry entry) {
        return Stream.of(ComponentCondition.values())
                .anyMatch(condition -> condition.name().equals(entry.condition()));
    }

    private static Interval interval(Entry entry) {
        return new Interval(
                entry.from(), entry.until(), ComponentCondition.valueOf(entry.condition()));
    }

    StatusTimeline timeline(StatusComponent component) {
        return timelines.computeIfAbsent(component, _ -> new StatusTimeline());
    }
}
