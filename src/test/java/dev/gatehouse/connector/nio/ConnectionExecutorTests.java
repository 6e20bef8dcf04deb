package dev.gatehouse.connector.nio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@SuppressWarnings("ThreadPriorityCheck") // threads that run and let others run
class ConnectionExecutorTests {

    private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();
    private static final int PLACES = 4 * PROCESSORS;
    private static final int MANY = 1000;

    private final BlockedRequests waiting = new BlockedRequests(MANY);
    private final ConnectionExecutor queue = new ConnectionExecutor(waiting);
    private final AtomicBoolean over = new AtomicBoolean();

    @AfterEach
    void end() {
        over.set(true);
        queue.shutdown();
    }

    @Test
    void runsNoMoreThanABoundedNumberAtOnce() {
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch done = new CountDownLatch(MANY);
        for (int i = 0; i < MANY; i++) {
            queue.execute(
                    () -> {
                        most.accumulateAndGet(running.incrementAndGet(), Math::max);
                        Thread.yield();
                        running.decrementAndGet();
                        done.countDown();
                    });
        }

        await().until(() -> done.getCount() == 0);
        assertThat(most.get()).isBetween(1, PLACES);
    }

    @Test
    void runsFirstWhatCameFirst() {
        Map<Thread, List<Integer>> order = new ConcurrentHashMap<>();
        CountDownLatch done = new CountDownLatch(MANY);
        AtomicInteger held = hold(PLACES, Thread::yield);
        await().until(() -> held.get() == PLACES);
        for (int i = 0; i < MANY; i++) {
            int number = i;
            queue.execute(
                    () -> {
                        order.computeIfAbsent(
                                        Thread.currentThread(), _ -> new CopyOnWriteArrayList<>())
                                .add(number);
                        done.countDown();
                    });
        }
        assertThat(order).isEmpty();

        over.set(true);

        await().until(() -> done.getCount() == 0);
        assertThat(order.values()).allSatisfy(each -> assertThat(each).isSorted());
    }

    /**
     * A connection that always has another request leaves the thread to the others in between. Once
     * threads are seen waiting there are places for all, so not every try counts.
     */
    @Test
    void queuesConnectionAgainWhenOthersWait() {
        await().until(this::isQueuedAgain);
    }

    private boolean isQueuedAgain() {
        List<String> order = new CopyOnWriteArrayList<>();
        CountDownLatch end = new CountDownLatch(1);
        CountDownLatch othersWait = new CountDownLatch(1);
        for (int i = 1; i < PLACES; i++) {
            queue.execute(() -> awaitForever(end));
        }
        queue.execute(
                () -> {
                    awaitForever(othersWait);
                    order.add("first request");
                    if (!ConnectionExecutor.endTurn(() -> () -> order.add("second request"))) {
                        order.add("none waited");
                    }
                });
        queue.execute(() -> order.add("other"));

        othersWait.countDown();

        await().until(() -> order.size() == 3);
        end.countDown();
        return order.equals(List.of("first request", "other", "second request"));
    }

    @Test
    void leavesConnectionItsTurnWhenNoneWaits() {
        List<Boolean> ended = new CopyOnWriteArrayList<>();

        queue.execute(() -> ended.add(ConnectionExecutor.endTurn(() -> () -> {})));

        await().until(() -> !ended.isEmpty());
        assertThat(ended).containsExactly(false);
    }

    @Test
    void servesOthersWhenAllThreadsWaitForTheApplication() {
        CountDownLatch never = new CountDownLatch(1);
        for (int i = 0; i < MANY; i++) {
            queue.execute(() -> awaitForever(never));
        }
        CountDownLatch served = new CountDownLatch(1);

        queue.execute(served::countDown);

        await().until(() -> served.getCount() == 0);
        never.countDown();
        await().until(() -> waiting.bytes() == 0);
    }

    @Test
    void servesOthersWhenAllThreadsWaitForTheirClients() {
        CountDownLatch never = new CountDownLatch(1);
        for (int i = 0; i < MANY; i++) {
            queue.execute(() -> awaitClient(never));
        }
        CountDownLatch served = new CountDownLatch(1);

        queue.execute(served::countDown);

        await().until(() -> served.getCount() == 0);
        assertThat(waiting.bytes()).isPositive();
        never.countDown();
        await().until(() -> waiting.bytes() == 0);
    }

    /**
     * A thread switch for each stream of an HTTP/2 connection would cost more than its answer. A
     * thread that seems to wait, for a lock say, leaves the rest to others, so not every try
     * counts.
     */
    @Test
    void runsOnTheSameThreadWhatWorkSubmits() {
        await().until(this::runsOnTheSameThread);
    }

    private boolean runsOnTheSameThread() {
        List<Thread> threads = new CopyOnWriteArrayList<>();
        CountDownLatch submitted = new CountDownLatch(1);
        over.set(false);
        hold(PROCESSORS - 1, Thread::onSpinWait);
        queue.execute(
                () -> {
                    threads.add(Thread.currentThread());
                    queue.execute(() -> threads.add(Thread.currentThread()));
                    queue.execute(() -> threads.add(Thread.currentThread()));
                    submitted.countDown();
                });
        await().until(() -> submitted.getCount() == 0);
        over.set(true);
        await().until(() -> threads.size() == 3);
        return threads.stream().distinct().count() == 1;
    }

    @Test
    void runsElsewhereWhatWaitingWorkHasSubmitted() {
        CountDownLatch answered = new CountDownLatch(1);
        hold(PROCESSORS, () -> LockSupport.parkNanos(100_000));

        queue.execute(
                () -> {
                    queue.execute(answered::countDown);
                    awaitClient(answered);
                });
        over.set(true);

        await().until(() -> answered.getCount() == 0);
    }

    /** The frames of a stream that waits for its client, say, which waits for them. */
    @Test
    void runsElsewhereWhatWorkHasSubmittedThatWaitsForTheApplication() {
        CountDownLatch answered = new CountDownLatch(1);
        hold(PROCESSORS, () -> LockSupport.parkNanos(100_000));

        queue.execute(
                () -> {
                    queue.execute(answered::countDown);
                    awaitForever(answered);
                });

        await().until(() -> answered.getCount() == 0);
    }

    @Test
    void runsAtOnceAllThatWaitingWorkHasSubmitted() {
        CountDownLatch answered = new CountDownLatch(1);
        hold(PROCESSORS, () -> LockSupport.parkNanos(100_000));

        queue.execute(
                () -> {
                    queue.execute(() -> awaitForever(answered));
                    queue.execute(answered::countDown);
                    awaitClient(answered);
                });

        await().until(() -> answered.getCount() == 0);
    }

    @Test
    void servesOthersWhenAllThreadsWaitForAMonitor() {
        CountDownLatch served = new CountDownLatch(1);
        synchronized (over) {
            for (int i = 0; i < MANY; i++) {
                queue.execute(this::enterMonitor);
            }

            queue.execute(served::countDown);

            await().until(() -> served.getCount() == 0);
        }
        await().until(() -> waiting.bytes() == 0);
    }

    private void enterMonitor() {
        synchronized (over) {
            assertThat(over).isFalse();
        }
    }

    @Test
    void goesOnWhenTheLogOfAFailureFails() {
        CountDownLatch served = new CountDownLatch(1);
        for (int i = 0; i < 100; i++) {
            queue.execute(
                    () -> {
                        throw new UnloggableException();
                    });
        }

        queue.execute(served::countDown);

        await().until(() -> served.getCount() == 0);
    }

    private static class UnloggableException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        @Override
        public String getMessage() {
            throw new IllegalStateException("Meant to be");
        }
    }

    @Test
    void goesOnWhenWorkThrows() {
        CountDownLatch served = new CountDownLatch(1);
        for (int i = 0; i < 100; i++) {
            queue.execute(
                    () -> {
                        throw new IllegalStateException("Meant to be");
                    });
        }

        queue.execute(served::countDown);

        await().until(() -> served.getCount() == 0);
    }

    @Test
    void refusesWorkOnceShutDown() {
        queue.shutdown();

        assertThatThrownBy(() -> queue.execute(() -> {}))
                .isInstanceOf(RejectedExecutionException.class);
    }

    /** Threads that are started or unparked elsewhere run while the workers never stop. */
    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void letsOtherVirtualThreadsRunWhileWorkNeverEnds(int each) throws InterruptedException {
        for (int i = 0; i < each * PROCESSORS; i++) {
            queue.execute(this::again);
        }
        for (int i = 0; i < 200; i++) {
            Thread other = Thread.ofVirtual().start(() -> {});

            assertThat(other.join(Duration.ofSeconds(10))).isTrue();
        }
    }

    private void again() {
        if (!over.get()) {
            queue.execute(this::again);
        }
    }

    /** Threads that keep their places. */
    private AtomicInteger hold(int threads, Runnable pause) {
        AtomicInteger held = new AtomicInteger();
        for (int i = 0; i < threads; i++) {
            queue.execute(
                    () -> {
                        held.incrementAndGet();
                        while (held.get() < threads && !over.get()) {
                            LockSupport.parkNanos(100_000);
                        }
                        while (!over.get()) {
                            pause.run();
                        }
                    });
        }
        return held;
    }

    private static void awaitForever(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static void awaitClient(CountDownLatch latch) {
        try {
            ConnectionExecutor.whileWaiting(
                    () -> {
                        awaitForever(latch);
                        return 0;
                    });
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }
}
