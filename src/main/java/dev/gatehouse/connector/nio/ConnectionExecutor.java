package dev.gatehouse.connector.nio;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.apache.tomcat.util.threads.VirtualThreadExecutor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs what the connections of a connector have to do, first come first served, on a bounded number
 * of virtual threads: what is not running yet holds no memory but its place in the queue. A thread
 * that is done takes the next piece of work itself. One that waits, for a client, a lock or the
 * application, gives its place to another, and goes on without one.
 *
 * <p>What a piece of work itself submits, the streams of an HTTP/2 connection and the sending of
 * their frames, is run next by the same thread, once every processor has something to do.
 */
final class ConnectionExecutor extends VirtualThreadExecutor {

    private static final Logger logger = LoggerFactory.getLogger(ConnectionExecutor.class);

    private static final ScopedValue<Worker> WORKER = ScopedValue.newInstance();

    private static final String THREAD_NAMES = "tomcat-handler-";

    private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

    /** More than processors, as some meet at locks or wait until they are seen waiting. */
    private static final int PLACES = 4 * PROCESSORS;

    /** Requests of one connection that are read ahead of their turn. */
    private static final int READ_AHEAD = 8;

    /**
     * How often a thread leaves its processor altogether, for virtual threads that were started or
     * unparked: a carrier looks for those when it has none left.
     */
    private static final long TURN_NANOS = 2_000_000;

    /** How often the threads are looked at while work is waiting. */
    private static final Duration LOOK_INTERVAL = Duration.ofMillis(2);

    private final BlockedRequests waiting;
    private final Deque<Work> queue = new ArrayDeque<>();
    private final List<Worker> working = new ArrayList<>();
    private @Nullable Thread lookout;

    ConnectionExecutor(BlockedRequests waiting) {
        super(THREAD_NAMES);
        this.waiting = waiting;
    }

    /** An operation that waits for the client. */
    interface Wait {
        int run() throws IOException;
    }

    /** Gives the thread's place to another while it waits. */
    static int whileWaiting(Wait wait) throws IOException {
        if (!WORKER.isBound()) {
            return wait.run();
        }
        Worker worker = WORKER.get();
        worker.giveUpPlace();
        try {
            return wait.run();
        } finally {
            worker.takePlaceBack();
        }
    }

    /** Whether the thread has enough to do with what was read already. */
    static boolean isBehind() {
        return WORKER.isBound() && WORKER.get().isBehind();
    }

    /** Runs that, as work of the connection, once the thread has run what it has submitted. */
    static void afterwards(Runnable work) {
        if (WORKER.isBound()) {
            WORKER.get().add(work);
        }
    }

    /**
     * Ends the turn of the connection that the thread serves, if others wait for theirs.
     *
     * @param next what to run at the end of the queue, once the thread has done what it does now
     * @return whether others wait
     */
    static boolean endTurn(Supplier<Runnable> next) {
        return WORKER.isBound() && WORKER.get().endTurn(next);
    }

    @Override
    public void execute(Runnable work) {
        if (isShutdown()) {
            throw new RejectedExecutionException("The connector's executor has been shut down");
        }
        Worker submitter = WORKER.isBound() ? WORKER.get() : null;
        if (submitter != null && submitter.isOf(this) && submitter.takes(work)) {
            return;
        }
        Worker starting;
        synchronized (queue) {
            queue.addLast(
                    new Work(
                            work,
                            work instanceof ConnectorEndpoint.GuardedProcessor event
                                    ? event.connection()
                                    : submitter == null ? null : submitter.connection()));
            starting = takeOn();
        }
        start(starting);
    }

    /** A thread for the next piece of work, if there is a place for it. */
    private @Nullable Worker takeOn() {
        if (queue.isEmpty()) {
            return null;
        }
        if (working.size() >= PLACES) {
            lookOut();
            return null;
        }
        Worker worker = new Worker(queue.removeFirst());
        working.add(worker);
        return worker;
    }

    /** Starts it, if there is memory for a thread: else the lookout tries again. */
    private boolean start(@Nullable Worker worker) {
        if (worker == null) {
            return false;
        }
        try {
            super.execute(worker);
            return true;
        } catch (VirtualMachineError | UnsupportedOperationException error) { // Tomcat's wrapper
            synchronized (queue) {
                working.remove(worker);
                queue.addFirst(worker.current);
                lookOut();
            }
            log("A thread could not be started", error);
            return false;
        }
    }

    private void startAll() {
        Worker starting;
        do {
            synchronized (queue) {
                starting = takeOn();
            }
        } while (start(starting));
    }

    /** Work waits: has the threads looked at until none does. */
    private void lookOut() {
        if (lookout == null) {
            lookout =
                    Thread.ofPlatform()
                            .daemon()
                            .name(THREAD_NAMES + "lookout")
                            .start(this::giveUpPlacesOfTheWaiting);
        } else {
            queue.notify();
        }
    }

    private void giveUpPlacesOfTheWaiting() {
        while (!isShutdown()) {
            try {
                look();
            } catch (Throwable error) { // no memory, perhaps: the next look may have it
                log("A look at the threads failed", error);
            }
            LockSupport.parkNanos(LOOK_INTERVAL.toNanos());
        }
    }

    private void look() {
        List<Worker> looked;
        synchronized (queue) {
            looked =
                    !queue.isEmpty() && working.size() >= PLACES
                            ? List.copyOf(working)
                            : working.stream().filter(worker -> !worker.own.isEmpty()).toList();
            if (queue.isEmpty() && looked.isEmpty()) {
                awaitWork();
                return;
            }
        }
        looked.stream().filter(Worker::isWaiting).forEach(Worker::giveUpPlace);
        startAll();
    }

    private static void log(String failure, Throwable error) {
        try {
            logger.error(failure, error);
        } catch (Throwable _) { // no memory for the line either
        }
    }

    private void awaitWork() {
        try {
            queue.wait();
        } catch (InterruptedException _) {
            shutdown();
        }
    }

    @Override
    public void shutdown() {
        super.shutdown();
        synchronized (queue) {
            queue.notifyAll();
        }
    }

    /**
     * @param connection the one that it serves, if known
     */
    private record Work(Runnable runnable, @Nullable ActiveConnection connection) {}

    /** A thread that runs one piece of work after another. */
    private final class Worker implements Runnable {

        private final Deque<Work> own = new ArrayDeque<>();
        private volatile Work current;
        private volatile @Nullable Thread thread;
        private boolean hasPlace = true;
        private boolean isCounted;
        private long turn;
        private volatile boolean isLettingOthersRun;
        private @Nullable Work lastSeenWaiting;
        private @Nullable Work nextTurn;

        Worker(Work first) {
            this.current = first;
        }

        boolean isOf(ConnectionExecutor other) {
            return ConnectionExecutor.this == other;
        }

        @Nullable ActiveConnection connection() {
            return current.connection();
        }

        @Override
        public void run() {
            thread = Thread.currentThread();
            ScopedValue.where(WORKER, this).run(this::runAll);
        }

        private void runAll() {
            turn = System.nanoTime() / TURN_NANOS;
            do {
                runCurrent();
                letOthersRun();
            } while (hasNext());
        }

        /** All threads of a carrier leave it at about the same time, so that it looks elsewhere. */
        private void letOthersRun() {
            long now = System.nanoTime() / TURN_NANOS;
            if (now != turn) {
                turn = now;
                isLettingOthersRun = true;
                LockSupport.parkNanos(1);
                isLettingOthersRun = false;
            }
        }

        private void runCurrent() {
            try {
                current.runnable().run();
            } catch (Throwable error) {
                log("A piece of a connection's work failed", error);
            }
        }

        private boolean hasNext() {
            ActiveConnection waited = current.connection();
            boolean wasCounted;
            boolean goesOn;
            synchronized (queue) {
                wasCounted = isCounted;
                isCounted = false;
                if (!hasPlace && working.size() < PLACES) {
                    hasPlace = true;
                    working.add(this);
                }
                if (nextTurn != null) {
                    queue.addLast(nextTurn);
                    nextTurn = null;
                }
                Work next = hasPlace ? next() : null;
                goesOn = next != null;
                if (next != null) {
                    current = next;
                } else if (hasPlace) {
                    hasPlace = false;
                    working.remove(this);
                }
                if (next == null && !queue.isEmpty()) {
                    lookOut(); // those that have the places may all wait
                }
            }
            if (wasCounted) {
                waiting.end(waited);
            }
            return goesOn;
        }

        private @Nullable Work next() {
            if (!own.isEmpty()) {
                return own.removeFirst();
            }
            return working.size() > PLACES ? null : queue.pollFirst();
        }

        /** Whether the thread runs this next, as every processor has something to do. */
        boolean takes(Runnable work) {
            if (work instanceof ConnectorEndpoint.GuardedProcessor) {
                return false;
            }
            synchronized (queue) {
                if (!hasPlace || working.size() < PROCESSORS) {
                    return false;
                }
                lookOut();
                own.addLast(new Work(work, current.connection()));
                return true;
            }
        }

        void add(Runnable work) {
            Worker starting = null;
            synchronized (queue) {
                if (hasPlace) {
                    lookOut();
                    own.addLast(new Work(work, current.connection()));
                } else {
                    queue.addLast(new Work(work, current.connection()));
                    starting = takeOn();
                }
            }
            start(starting);
        }

        boolean endTurn(Supplier<Runnable> next) {
            synchronized (queue) {
                if (queue.isEmpty()) {
                    return false;
                }
            }
            nextTurn = new Work(next.get(), current.connection());
            return true;
        }

        boolean isBehind() {
            synchronized (queue) {
                return own.size() >= READ_AHEAD;
            }
        }

        /**
         * Whether it waits at two looks in a row. Threads that meet at a lock wait for some
         * microseconds, and keep their places.
         */
        @SuppressWarnings("ReferenceEquality") // the same piece of work
        boolean isWaiting() {
            Thread started = thread;
            Work work = current;
            boolean waits =
                    started != null
                            && !isLettingOthersRun
                            && switch (started.getState()) {
                                case WAITING, TIMED_WAITING, BLOCKED -> true;
                                default -> false;
                            };
            boolean waitedBefore = work == lastSeenWaiting;
            lastSeenWaiting = waits ? work : null;
            return waits && waitedBefore;
        }

        void giveUpPlace() {
            ActiveConnection waits;
            synchronized (queue) {
                if (!hasPlace) {
                    return;
                }
                hasPlace = false;
                isCounted = true;
                working.remove(this);
                while (!own.isEmpty()) {
                    queue.addFirst(own.removeLast());
                }
                waits = current.connection();
            }
            try {
                startAll();
            } finally {
                waiting.begin(waits);
            }
        }

        /**
         * Whether there is one or not: it holds all that it needs, and others wait for it perhaps.
         */
        void takePlaceBack() {
            ActiveConnection waited;
            synchronized (queue) {
                if (hasPlace) {
                    return;
                }
                hasPlace = true;
                working.add(this);
                if (!isCounted) {
                    return;
                }
                isCounted = false;
                waited = current.connection();
            }
            waiting.end(waited);
        }
    }
}
