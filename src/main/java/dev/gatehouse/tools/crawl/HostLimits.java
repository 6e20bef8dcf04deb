package dev.gatehouse.tools.crawl;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;

/** How many requests each host gets, from all crawls of this instance together. */
final class HostLimits {

    /** Not a time: as many requests as may run at once do. */
    static final long AS_MANY_AS_ALLOWED = -1;

    /** The longest pause that is waited for, and the longest jitter. */
    static final Duration LONGEST_WAIT = Duration.ofSeconds(31);

    private static final int HOSTS_BEFORE_CLEANUP = 10_000;
    private static final long RECHECK_NANOS = Duration.ofMillis(5).toNanos();

    private final int connections;
    private final long interval;
    private final ConcurrentMap<String, Host> hosts = new ConcurrentHashMap<>();

    HostLimits(int connections, Duration interval) {
        this.connections = connections;
        this.interval = interval.toNanos();
    }

    private static final class Host {

        private int running;
        private long next;
        private long backedOffUntil;
        private int backOffs;

        private boolean isIdle(long now) {
            return running == 0 && next - now <= 0 && backedOffUntil - now <= 0;
        }

        private long restsFor(long now) {
            return Math.max(0, Math.max(next - now, backedOffUntil - now));
        }
    }

    private Host host(String name, long now) {
        if (hosts.size() > HOSTS_BEFORE_CLEANUP) {
            hosts.entrySet().removeIf(entry -> isIdle(entry.getValue(), now));
        }
        return hosts.computeIfAbsent(
                name,
                _ -> {
                    Host host = new Host();
                    host.next = now;
                    host.backedOffUntil = now;
                    return host;
                });
    }

    private static boolean isIdle(Host host, long now) {
        synchronized (host) {
            return host.isIdle(now);
        }
    }

    /**
     * Begins a request, if that is possible now.
     *
     * @param apart the least time between two requests, if longer than that of all hosts
     * @return 0 if it began, the nanoseconds until it may be possible, or {@link
     *     #AS_MANY_AS_ALLOWED}
     */
    long tryBegin(String name, Duration apart) {
        long now = System.nanoTime();
        Host host = host(name, now);
        synchronized (host) {
            long wait = host.restsFor(now);
            if (wait > 0) {
                return wait;
            }
            if (host.running >= connections) {
                return AS_MANY_AS_ALLOWED;
            }
            host.running++;
            host.next = now + Math.max(interval, apart.toNanos());
            return 0;
        }
    }

    /**
     * Begins a request as soon as it is possible.
     *
     * @return false if that is later than a crawl waits
     */
    boolean begin(String name, Duration apart) throws InterruptedException {
        for (long wait = tryBegin(name, apart); wait != 0; wait = tryBegin(name, apart)) {
            if (isTooLong(wait)) {
                return false;
            }
            TimeUnit.NANOSECONDS.sleep(wait < 0 ? RECHECK_NANOS : wait);
        }
        return true;
    }

    /**
     * Waits, within a request that was begun, until the host may be sent another one.
     *
     * @return false if that is later than a crawl waits
     */
    boolean rest(String name, Duration apart) throws InterruptedException {
        long now = System.nanoTime();
        Host host = host(name, now);
        long wait;
        synchronized (host) {
            wait = host.restsFor(now);
            if (isTooLong(wait)) {
                return false;
            }
            host.next = now + wait + Math.max(interval, apart.toNanos());
        }
        TimeUnit.NANOSECONDS.sleep(wait);
        return true;
    }

    /** Whether a host asked to be left alone for longer than a crawl waits. */
    static boolean isTooLong(long wait) {
        return wait > LONGEST_WAIT.toNanos();
    }

    void end(String name) {
        Host host = host(name, System.nanoTime());
        synchronized (host) {
            host.running--;
        }
    }

    /** The host answered as it should. */
    void recovered(String name) {
        Host host = host(name, System.nanoTime());
        synchronized (host) {
            host.backOffs = 0;
        }
    }

    /** Sends it no request before the time is over. */
    void backOff(String name, Duration time) {
        long until = System.nanoTime() + time.toNanos();
        Host host = host(name, System.nanoTime());
        synchronized (host) {
            host.backedOffUntil = Math.max(host.backedOffUntil, until);
        }
    }

    /** The back-offs one after the other, this one included. */
    int countBackOff(String name) {
        Host host = host(name, System.nanoTime());
        synchronized (host) {
            return ++host.backOffs;
        }
    }
}
