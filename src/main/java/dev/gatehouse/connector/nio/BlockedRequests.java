package dev.gatehouse.connector.nio;

import java.time.Duration;
import java.util.Comparator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The requests of both connectors that have begun and wait, for their client or the application.
 * Each holds memory, so that their number is limited: beyond the limit the connection is cut off
 * whose client has neither sent nor taken a byte for the longest time.
 */
public final class BlockedRequests {

    private static final Logger logger = LoggerFactory.getLogger(BlockedRequests.class);

    /** Heap of a request that waits: Tomcat's processor, request, response, and a stack. */
    private static final int REQUEST_BYTES = 72 << 10;

    /** Heap of the application itself (25 MB), the young generation, and room for those cut off. */
    private static final int OTHER_BYTES = 60 << 20;

    private static final int LEAST = 64;

    private static final Duration REPORT_INTERVAL = Duration.ofMinutes(1);

    private final int limit;
    private final AtomicInteger waiting = new AtomicInteger();
    private final Set<ActiveConnection> connections = ConcurrentHashMap.newKeySet();
    private @Nullable Long reportedNanos;
    private int unreported;

    public BlockedRequests(int limit) {
        this.limit = limit;
    }

    /** As many as the heap has room for. */
    public static BlockedRequests ofThisHeap() {
        long room = Runtime.getRuntime().maxMemory() - OTHER_BYTES;
        return new BlockedRequests(Math.clamp(room / REQUEST_BYTES, LEAST, 1 << 20));
    }

    /**
     * A request waits from now on.
     *
     * @param connection the one that it came by, if known
     */
    public void begin(@Nullable ActiveConnection connection) {
        if (connection != null) {
            AtomicInteger requests = connection.waitingRequests();
            synchronized (requests) { // it may end on another thread before it is known here
                if (requests.getAndIncrement() == 0) {
                    connections.add(connection);
                }
            }
        }
        if (waiting.incrementAndGet() > limit) {
            cutOff();
        }
    }

    public void end(@Nullable ActiveConnection connection) {
        waiting.decrementAndGet();
        if (connection != null) {
            AtomicInteger requests = connection.waitingRequests();
            synchronized (requests) {
                if (requests.decrementAndGet() == 0) {
                    connections.remove(connection);
                }
            }
        }
    }

    public long limitBytes() {
        return (long) limit * REQUEST_BYTES;
    }

    /** Heap that they hold by estimate. */
    public long bytes() {
        return (long) waiting.get() * REQUEST_BYTES;
    }

    private synchronized void cutOff() {
        int leaving =
                connections.stream()
                        .filter(ActiveConnection::isCutOff)
                        .mapToInt(connection -> connection.waitingRequests().get())
                        .sum();
        if (waiting.get() - leaving <= limit) {
            return;
        }
        long now = System.nanoTime();
        connections.stream()
                .filter(connection -> !connection.isCutOff())
                .max(Comparator.comparingLong(connection -> connection.stalledNanos(now)))
                .ifPresent(this::cutOff);
    }

    private void cutOff(ActiveConnection connection) {
        connection.cutOff();
        unreported++;
        long now = System.nanoTime();
        if (reportedNanos == null || now - reportedNanos > REPORT_INTERVAL.toNanos()) {
            logger.warn(
                    "Connections that had stalled were cut off to make room for others: {}. More"
                            + " memory serves more of them at once",
                    unreported);
            reportedNanos = now;
            unreported = 0;
        }
    }
}
