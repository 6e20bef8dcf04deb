package dev.gatehouse.connector;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Tells a poller that spins from one that works, by what its CPU time brings about: a poller whose
 * thread has been interrupted never waits again: it still serves, but uses up a processor.
 */
class PollerLoad {

    private static final double SPINNING_SHARE = 0.25;
    private static final long MOST_NANOS_PER_DISPATCH = Duration.ofMillis(1).toNanos();
    private static final int LOOKS_TO_TELL = 3;

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private long lastLook = System.nanoTime();
    private long lastCpu;
    private long lastDispatches;
    private int looks;

    /** Whether the poller has spun for some looks in a row. */
    boolean isSpinning(@Nullable Thread poller, long dispatches) {
        if (poller == null || !poller.isAlive()) {
            return false;
        }
        long now = System.nanoTime();
        long cpu = threads.getThreadCpuTime(poller.threadId());
        looks = spins(now - lastLook, cpu - lastCpu, dispatches - lastDispatches) ? looks + 1 : 0;
        lastLook = now;
        lastCpu = cpu;
        lastDispatches = dispatches;
        return looks >= LOOKS_TO_TELL;
    }

    /**
     * Much time, and little to show for it. Above 15 microseconds a dispatch none has been seen.
     */
    static boolean spins(long elapsedNanos, long cpuNanos, long dispatches) {
        return cpuNanos > elapsedNanos * SPINNING_SHARE
                && cpuNanos > dispatches * MOST_NANOS_PER_DISPATCH;
    }
}
