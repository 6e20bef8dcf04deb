package dev.gatehouse.tools.frontdoor;

import dev.gatehouse.tools.job.JobProgress;
import dev.gatehouse.tools.job.JobResult;
import dev.gatehouse.tools.job.JobState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One piece of work with its events and its result. */
public final class Job {

    private final String id;
    private final String owner;
    private final Object request;
    private final Instant createdAt;
    private final List<JobEvent> events = new ArrayList<>();
    private final List<Consumer<JobEvent>> subscribers = new CopyOnWriteArrayList<>();
    private final CountDownLatch ended = new CountDownLatch(1);
    private JobState state = JobState.QUEUED;
    private @Nullable JobProgress progress;
    private @Nullable JobResult result;
    private @Nullable Instant startedAt;
    private @Nullable Instant endedAt;
    private @Nullable Thread thread;

    Job(String id, String owner, Object request, Instant createdAt) {
        this.id = id;
        this.owner = owner;
        this.request = request;
        this.createdAt = createdAt;
        publish("state", JobState.QUEUED);
    }

    public String id() {
        return id;
    }

    /** Who submitted it, and may cancel it. */
    public String owner() {
        return owner;
    }

    public Object request() {
        return request;
    }

    public Instant createdAt() {
        return createdAt;
    }

    public synchronized JobState state() {
        return state;
    }

    /** The last progress, or null before the first. */
    public synchronized @Nullable JobProgress progress() {
        return progress;
    }

    /** The result, or null before the end and after a cancellation. */
    public synchronized @Nullable JobResult result() {
        return result;
    }

    public synchronized @Nullable Instant startedAt() {
        return startedAt;
    }

    public synchronized @Nullable Instant endedAt() {
        return endedAt;
    }

    /** A number that rises with each event. */
    public synchronized int revision() {
        return events.size();
    }

    /** All events so far. */
    public synchronized List<JobEvent> events() {
        return List.copyOf(events);
    }

    /** Passes on every event after that one, including those of the past. */
    public synchronized Subscription subscribe(long after, Consumer<JobEvent> subscriber) {
        events.stream().filter(event -> event.id() > after).forEach(subscriber);
        subscribers.add(subscriber);
        return () -> subscribers.remove(subscriber);
    }

    /** Waits at most that long for the end, and returns whether it has ended. */
    public boolean await(long millis) throws InterruptedException {
        return ended.await(millis, TimeUnit.MILLISECONDS);
    }

    synchronized void publish(String type, Object data) {
        if (data instanceof JobProgress reported) {
            progress = reported;
        }
        JobEvent event = new JobEvent(events.size() + 1L, type, data);
        events.add(event);
        subscribers.forEach(subscriber -> subscriber.accept(event));
    }

    synchronized boolean begin(Thread worker, Instant now) {
        if (state != JobState.QUEUED) {
            return false;
        }
        thread = worker;
        state = JobState.RUNNING;
        startedAt = now;
        publish("state", state);
        return true;
    }

    /** Ends it, once: later calls change nothing. */
    synchronized boolean end(JobState end, @Nullable JobResult outcome, Instant now) {
        if (state.isFinal()) {
            return false;
        }
        state = end;
        result = outcome;
        endedAt = now;
        publish("state", end);
        ended.countDown();
        return true;
    }

    /** Interrupts the work, if it runs. */
    synchronized void interrupt() {
        if (thread != null) {
            thread.interrupt();
        }
    }

    /** The thread goes on to other work: it must not be interrupted for this job any more. */
    synchronized void releaseThread() {
        thread = null;
    }

    /** Ends the passing on of events. */
    @FunctionalInterface
    public interface Subscription extends AutoCloseable {

        @Override
        void close();
    }
}
