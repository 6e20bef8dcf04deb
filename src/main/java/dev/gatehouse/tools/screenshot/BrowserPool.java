package dev.gatehouse.tools.screenshot;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The browsers, each used by one screenshot at a time. One thread starts them, lives as long as
 * they do and watches them: one that uses too much memory or keeps a screenshot beyond its time is
 * killed. Another one is started when it is needed.
 */
final class BrowserPool implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(BrowserPool.class);

    private static final long WATCH_MILLIS = 250;

    private final BrowserLauncher launcher;
    private final Limits limits;
    private final Semaphore permits;
    private final BlockingQueue<FutureTask<BrowserLauncher.Starting>> starts =
            new LinkedBlockingQueue<>();
    private final Thread owner;
    private final Deque<Idle> idle = new ArrayDeque<>();
    private final Map<Browser, Long> busy = new HashMap<>();
    private boolean closed;

    /**
     * The limits of the browsers.
     *
     * @param browsers that run at the same time
     * @param waiting screenshots that wait for a browser
     * @param pages that a browser shows before it is replaced
     * @param recycleMemory memory in bytes with which a browser is replaced after a page
     * @param mostMemory memory in bytes with which a browser is killed
     * @param idle time after which a browser that is not used is closed
     */
    record Limits(
            int browsers,
            int waiting,
            int pages,
            long recycleMemory,
            long mostMemory,
            Duration idle) {}

    private record Idle(Browser browser, long since) {}

    BrowserPool(BrowserLauncher launcher, Limits limits) {
        this.launcher = launcher;
        this.limits = limits;
        this.permits = new Semaphore(limits.browsers(), true);
        this.owner = Thread.ofPlatform().daemon().name("browsers").start(this::startAndWatch);
    }

    private void startAndWatch() {
        ProfileDirectory.deleteAbandoned(Path.of(System.getProperty("java.io.tmpdir")));
        while (!Thread.currentThread().isInterrupted()) {
            try {
                FutureTask<BrowserLauncher.Starting> start =
                        starts.poll(WATCH_MILLIS, TimeUnit.MILLISECONDS);
                if (start != null) {
                    start.run();
                }
                watch();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** All browsers are in use, and as many screenshots as may wait are waiting. */
    static final class BusyException extends Exception {

        private static final long serialVersionUID = 1L;
    }

    /** What is done with a browser. */
    @FunctionalInterface
    interface Work<T> {

        T with(Browser browser) throws InterruptedException;
    }

    /**
     * Does work with a browser that nothing else uses.
     *
     * @param longest time after which the browser is killed
     * @param wait time to wait for a browser
     */
    <T> T use(Duration longest, Duration wait, Work<T> work)
            throws BusyException, BrowserUnavailableException, InterruptedException {
        if (permits.getQueueLength() >= limits.waiting() && permits.availablePermits() == 0) {
            throw new BusyException();
        }
        if (!permits.tryAcquire(wait.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new BusyException();
        }
        try {
            Browser browser = take();
            watchUntil(browser, System.nanoTime() + longest.toNanos());
            try {
                return work.with(browser);
            } finally {
                giveBack(browser);
            }
        } finally {
            permits.release();
        }
    }

    private Browser take() throws BrowserUnavailableException, InterruptedException {
        synchronized (this) {
            while (!idle.isEmpty()) {
                Browser browser = idle.pop().browser();
                if (browser.isUsable()) {
                    return browser;
                }
                browser.close();
            }
        }
        return start();
    }

    private Browser start() throws BrowserUnavailableException, InterruptedException {
        try {
            FutureTask<BrowserLauncher.Starting> start = new FutureTask<>(launcher::start);
            starts.add(start);
            return start.get().await();
        } catch (ExecutionException ex) {
            if (ex.getCause() instanceof BrowserUnavailableException unavailable) {
                throw unavailable;
            }
            throw new IllegalStateException(ex.getCause());
        }
    }

    private synchronized void watchUntil(Browser browser, long deadline) {
        busy.put(browser, deadline);
    }

    private void giveBack(Browser browser) {
        boolean usedUp =
                !browser.isUsable()
                        || browser.pages() >= limits.pages()
                        || browser.memory() > limits.recycleMemory();
        synchronized (this) {
            busy.remove(browser);
            if (!usedUp && !closed) {
                idle.push(new Idle(browser, System.nanoTime()));
                return;
            }
        }
        browser.close();
    }

    private void watch() {
        try {
            closeUnused();
            Map<Browser, Long> now;
            synchronized (this) {
                now = Map.copyOf(busy);
            }
            now.forEach(this::watch);
        } catch (RuntimeException ex) {
            log.warn("The browsers could not be watched", ex);
        }
    }

    private void watch(Browser browser, long deadline) {
        if (browser.memory() > limits.mostMemory()) {
            log.info("A browser used more memory than gatehouse.screenshot.memory, and was killed");
            browser.kill(true);
        } else if (deadline - System.nanoTime() < 0) {
            log.info("A browser did not answer in time, and was killed");
            browser.kill(false);
        }
    }

    private void closeUnused() {
        long oldest = System.nanoTime() - limits.idle().toNanos();
        while (true) {
            Browser browser;
            synchronized (this) {
                Idle last = idle.peekLast();
                if (last == null || last.since() - oldest > 0) {
                    return;
                }
                idle.removeLast();
                browser = last.browser();
            }
            browser.close();
        }
    }

    @Override
    public void close() {
        Deque<Browser> all = new ArrayDeque<>();
        synchronized (this) {
            closed = true;
            idle.forEach(one -> all.add(one.browser()));
            idle.clear();
            busy.keySet().forEach(browser -> browser.kill(false));
        }
        all.forEach(Browser::close);
        owner.interrupt();
    }
}
