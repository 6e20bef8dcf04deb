package dev.gatehouse.tools.outbound;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The limits of one piece of work: time until a deadline, bytes and reads from other hosts, and
 * processor time of the thread that made the budget. That thread is a platform thread: the virtual
 * threads that serve the connectors do no such work.
 */
public final class ResourceBudget {

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private static final Limits WORK = new Limits(16 << 20, 65_536);
    private static final Limits STEP = new Limits(1 << 20, 8_192);
    private static final Duration PROCESSOR_TIME = Duration.ofSeconds(2);

    /** To ask for the processor time costs about a microsecond. */
    private static final int READS_BETWEEN_CLOCK_READINGS = 32;

    private final @Nullable ResourceBudget whole;
    private final long deadline;
    private final long processorDeadline;
    private final Limits limits;
    private long bytes;
    private int reads;

    private ResourceBudget(
            @Nullable ResourceBudget whole, long deadline, long processorDeadline, Limits limits) {
        this.whole = whole;
        this.deadline = deadline;
        this.processorDeadline = processorDeadline;
        this.limits = limits;
    }

    private record Limits(long bytes, int reads) {}

    /** A budget for work that this thread begins now. */
    public static ResourceBudget of(Duration time) {
        return new ResourceBudget(
                null,
                System.nanoTime() + time.toNanos(),
                THREADS.getCurrentThreadCpuTime() + PROCESSOR_TIME.toNanos(),
                WORK);
    }

    /** A part of this budget for one step, which takes at most that time. */
    public ResourceBudget step(Duration time) {
        long own = System.nanoTime() + time.toNanos();
        return new ResourceBudget(
                this, own - deadline < 0 ? own : deadline, processorDeadline, STEP);
    }

    /** Whether no more work may be done on it, because it is used up or was cancelled. */
    public boolean isSpent() {
        return isTimeOver()
                || bytes >= limits.bytes()
                || reads >= limits.reads()
                || isProcessorTimeOver()
                || Thread.currentThread().isInterrupted();
    }

    boolean isTimeOver() {
        return deadline - System.nanoTime() <= 0;
    }

    private boolean isProcessorTimeOver() {
        return processorDeadline - THREADS.getCurrentThreadCpuTime() <= 0;
    }

    /** At least 1, since 0 is no limit to a socket. */
    int remainingMillis() {
        return Math.clamp((deadline - System.nanoTime()) / 1_000_000, 1, Integer.MAX_VALUE);
    }

    /**
     * Counts a read, or ends the step.
     *
     * @param count bytes that were read, or a negative number at the end of the stream
     */
    public void charge(int count) throws SpentException {
        if (whole != null) {
            whole.charge(count);
        }
        bytes += Math.max(0, count);
        reads++;
        if (bytes > limits.bytes()) {
            throw new SpentException("more than %d bytes".formatted(limits.bytes()));
        }
        if (reads > limits.reads()) {
            throw new SpentException("more than %d pieces".formatted(limits.reads()));
        }
        if (whole == null && reads % READS_BETWEEN_CLOCK_READINGS == 0 && isProcessorTimeOver()) {
            throw new SpentException("more processor time than a check may use");
        }
    }

    /** A limit of the budget was reached. */
    public static final class SpentException extends IOException {

        private static final long serialVersionUID = 1L;

        SpentException(String message) {
            super(message);
        }
    }
}
