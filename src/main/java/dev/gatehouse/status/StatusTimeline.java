package dev.gatehouse.status;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The conditions of a component over the last 24 hours, as intervals with their true times. */
class StatusTimeline {

    static final Duration SPAN = Duration.ofHours(24);

    /** More changes than that within a day lose the oldest. */
    private static final int CAPACITY = 1000;

    /** Looks are a second apart, and at each change; a longer pause is time without a look. */
    static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final Deque<Interval> intervals = new ArrayDeque<>();
    private boolean isRecording;

    /** A time in which the condition did not change. */
    record Interval(Instant from, Instant until, ComponentCondition condition) {

        Duration duration() {
            return Duration.between(from, until);
        }
    }

    /** Records the condition of this moment. */
    synchronized void record(Instant at, ComponentCondition condition) {
        Interval last = intervals.peekLast();
        if (last == null || !isRecording || last.until().plus(LONGEST_PAUSE).isBefore(at)) {
            isRecording = true;
            add(new Interval(at, at, condition));
        } else {
            Instant end = at.isAfter(last.until()) ? at : last.until();
            intervals.removeLast();
            intervals.addLast(new Interval(last.from(), end, last.condition()));
            if (last.condition() != condition) {
                add(new Interval(end, end, condition));
            }
        }
    }

    /**
     * Puts intervals of earlier runs before all that is recorded.
     *
     * @param earlier in their order
     * @param now the time, after which nothing can have happened yet
     */
    synchronized void addEarlier(List<Interval> earlier, Instant now) {
        List<Interval> recorded = List.copyOf(intervals);
        Instant end = recorded.isEmpty() ? now : recorded.getFirst().from();
        intervals.clear();
        for (Interval interval : earlier) {
            Instant until = interval.until().isAfter(end) ? end : interval.until();
            if (!until.isBefore(interval.from())) {
                add(new Interval(interval.from(), until, interval.condition()));
            }
        }
        recorded.forEach(this::add);
    }

    /** Adds an interval that is later than all before it. */
    synchronized void add(Interval interval) {
        if (intervals.size() == CAPACITY) {
            intervals.removeFirst();
        }
        intervals.addLast(interval);
    }

    /** All that is recorded, without the gaps. */
    synchronized List<Interval> recorded() {
        return List.copyOf(intervals);
    }

    /**
     * The 24 hours before a moment without a gap, unknown where nothing was recorded. The last
     * condition lasts until that moment, unless the last look was long ago.
     */
    synchronized List<Interval> until(Instant now) {
        List<Interval> all = new ArrayList<>();
        Instant at = now.minus(SPAN);
        Interval last = intervals.peekLast();
        boolean isCurrent = last != null && !last.until().plus(LONGEST_PAUSE).isBefore(now);
        for (Interval interval : intervals) {
            Instant from = interval.from().isBefore(at) ? at : interval.from();
            Instant until =
                    interval.until().isAfter(now) || (isCurrent && interval.equals(last))
                            ? now
                            : interval.until();
            if (!until.isAfter(from)) {
                continue;
            }
            if (from.isAfter(at)) {
                append(all, new Interval(at, from, ComponentCondition.UNKNOWN));
            }
            append(all, new Interval(from, until, interval.condition()));
            at = until;
        }
        if (all.isEmpty() || !isCurrent) {
            append(all, new Interval(at, now, ComponentCondition.UNKNOWN));
        }
        return all;
    }

    /** Joins two intervals of one condition. */
    private static void append(List<Interval> all, Interval next) {
        Interval last = all.isEmpty() ? null : all.getLast();
        if (last != null && last.condition() == next.condition()) {
            all.set(all.size() - 1, new Interval(last.from(), next.until(), next.condition()));
        } else {
            all.add(next);
        }
    }

    /** How much of the known time the component answered, in per cent; null without any. */
    static @Nullable Double availability(List<Interval> intervals) {
        long known = 0;
        long dead = 0;
        for (Interval interval : intervals) {
            long millis = interval.duration().toMillis();
            if (interval.condition() != ComponentCondition.UNKNOWN) {
                known += millis;
            }
            if (interval.condition() == ComponentCondition.DEAD) {
                dead += millis;
            }
        }
        // never 100 where there was a death, however short
        return known == 0 ? null : Math.floor((known - dead) * 100_000.0 / known) / 1000;
    }
}
