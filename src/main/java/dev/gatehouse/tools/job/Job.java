package dev.gatehouse.tools.job;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A piece of work, what has happened to it so far, and what came of it. */
public final class Job {

    private final String id;
    private final Object request;
    private final Instant createdAt;
    private final List<JobEvent> events = new ArrayList<>();
    private final List<Consumer<JobEvent>> watchers = new CopyOnWriteArrayList<>();
    private final CountDownLatch over = new CountDownLatch(1);
    private JobState state = JobState.QUEUED;
    private @Nullable JobResult result;
    private @Nullable Instant endedAt;
    private @Nullable Thread thread;

    Job(String id, Object request, Instant createdAt) {
        this.id = id;
        this.request = request;
        this.createdAt = createdAt;
        tell("state", JobState.QUEUED);
    }

    public String id() {
        return id;
    }

    /** What was asked for. */
    public Object request() {
        return request;
    }

    public Instant createdAt() {
        return createdAt;
    }

    public synchronized JobState state() {
        return state;
    }

    /** What came of it, or null while it goes on and when it was cancelled. */
    public synchronized @Nullable JobResult result() {
        return result;
    }

    /** When it was over, or null while it is not. */
    public synchronized @Nullable Instant endedAt() {
        return endedAt;
    }

    /** What has happened so far. */
    public synchronized List<JobEvent> events() {
        return List.copyOf(events);
    }

    /** Hears of everything after that event, at once of what has happened already. */
    public synchronized Watching watch(long after, Consumer<JobEvent> watcher) {
        events.stream().filter(event -> event.id() > after).forEach(watcher);
        watchers.add(watcher);
        return () -> watchers.remove(watcher);
    }

    /** Waits until it is over, or that long, and says whether it is. */
    public boolean await(long millis) throws InterruptedException {
        return over.await(millis, TimeUnit.MILLISECONDS);
    }

    synchronized void tell(String type, Object data) {
        JobEvent event = new JobEvent(events.size() + 1L, type, data);
        events.add(event);
        watchers.forEach(watcher -> watcher.accept(event));
    }

    synchronized boolean begin(Thread worker) {
        if (state != JobState.QUEUED) {
            return false;
        }
        thread = worker;
        state = JobState.RUNNING;
        tell("state", state);
        return true;
    }

    /** Ends it, once: who comes later changes nothing. */
    synchronized boolean end(JobState end, @Nullable JobResult outcome, Instant now) {
        if (state.isOver()) {
            return false;
        }
        state = end;
        result = outcome;
        endedAt = now;
        tell("state", end);
        over.countDown();
        return true;
    }

    /** Interrupts the work, if it runs. */
    synchronized void interrupt() {
        if (thread != null) {
            thread.interrupt();
        }
    }

    /** The work's thread goes on to other things: no interrupt may reach it any more. */
    synchronized void leave() {
        thread = null;
    }

    /** Stops hearing of it. */
    @FunctionalInterface
    public interface Watching extends AutoCloseable {

        @Override
        void close();
    }
}
