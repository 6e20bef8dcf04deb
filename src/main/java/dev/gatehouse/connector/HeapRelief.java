package dev.gatehouse.connector;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.NioEndpoint.NioSocketWrapper;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes room for those who wait for it: cuts off the connections that hold the most and have not
 * got on for the longest. Without it a few hundred slow strangers would hold all the heap, and the
 * process would end.
 */
final class HeapRelief {

    private static final Logger logger = LoggerFactory.getLogger(HeapRelief.class);

    static final Duration INTERVAL = Duration.ofMillis(50);

    /** Any shorter, and it would cut off who has just come and is about to be read. */
    private static final Duration STALLED = Duration.ofMillis(250);

    /** Nothing weighs more by having stalled for longer than that: a download may stall too. */
    private static final Duration LONGEST_STALL = Duration.ofSeconds(20);

    /** For how long whoever waits lets the others get on, before the oldest must go. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final Duration REPORT_INTERVAL = Duration.ofMinutes(1);

    /** The part of the share that is freed at once. */
    private static final int PORTION = 8;

    private final HeapShare share;
    private final List<ConnectorEndpoint> endpoints = new CopyOnWriteArrayList<>();
    private long wantedNanos;
    private long lookedNanos = System.nanoTime();
    private boolean wanted;
    private @Nullable Long reportedNanos;
    private long unreported;

    HeapRelief(HeapShare share) {
        this.share = share;
    }

    HeapShare share() {
        return share;
    }

    void watch(ConnectorEndpoint endpoint) {
        endpoints.add(endpoint);
    }

    synchronized void relieve() {
        if (!share.isWanted()) {
            wanted = false;
            lookedNanos = System.nanoTime();
            return;
        }
        long now = System.nanoTime();
        if (!wanted) {
            wanted = true;
            wantedNanos = now;
        }
        boolean isLate = now - lookedNanos > STALLED.toNanos();
        lookedNanos = now;
        if (isLate && !isUrgent(now)) {
            return; // what held up this look may have held up everybody
        }
        List<Holder> holders = holders(now);
        int leaving = holders.stream().filter(Holder::isShed).mapToInt(Holder::kilobytes).sum();
        shed(victims(holders, now), share.kilobytes() / PORTION - leaving, now);
    }

    private List<Holder> holders(long now) {
        List<Holder> holders = new ArrayList<>();
        for (ConnectorEndpoint endpoint : endpoints) {
            endpoint.getConnections().stream()
                    .filter(NioSocketWrapper.class::isInstance)
                    .map(NioSocketWrapper.class::cast)
                    .flatMap(connection -> Holder.of(endpoint, connection, now).stream())
                    .forEach(holders::add);
        }
        return holders;
    }

    /**
     * Those that stall; if none does and nobody has been let in for long, those that came first.
     */
    private List<Holder> victims(List<Holder> holders, long now) {
        List<Holder> stalled = victims(holders, Holder::stalledNanos, STALLED);
        return stalled.isEmpty() && isUrgent(now)
                ? victims(holders, Holder::ageNanos, STALLED)
                : stalled;
    }

    private boolean isUrgent(long now) {
        return now - Math.max(wantedNanos, share.admittedNanos()) > PATIENCE.toNanos();
    }

    private static List<Holder> victims(
            List<Holder> holders, ToLongFunction<Holder> nanos, Duration least) {
        return holders.stream()
                .filter(holder -> !holder.isShed() && nanos.applyAsLong(holder) > least.toNanos())
                .sorted(Comparator.comparingLong(holder -> -weight(holder, nanos)))
                .toList();
    }

    private static long weight(Holder holder, ToLongFunction<Holder> nanos) {
        return holder.kilobytes * Math.min(nanos.applyAsLong(holder), LONGEST_STALL.toNanos());
    }

    private void shed(List<Holder> victims, int wanted, long now) {
        int left = wanted;
        for (Holder victim : victims) {
            if (left <= 0) {
                break;
            }
            left -= victim.kilobytes;
            victim.shed();
            unreported++;
        }
        report(now);
    }

    private void report(long now) {
        if (unreported == 0
                || (reportedNanos != null && now - reportedNanos < REPORT_INTERVAL.toNanos())) {
            return;
        }
        logger.warn(
                "Connections that had stalled were cut off to make room for others: {}. More memory"
                        + " serves more of them at once",
                unreported);
        reportedNanos = now;
        unreported = 0;
    }

    /** A connection that holds something, as it was when it was looked at. */
    private record Holder(
            ConnectorEndpoint endpoint,
            SocketChannel socket,
            HeldHeap held,
            int kilobytes,
            long stalledNanos,
            long ageNanos) {

        static Optional<Holder> of(
                ConnectorEndpoint endpoint, NioSocketWrapper connection, long now) {
            NioChannel channel = connection.getSocket();
            if (!(channel instanceof TracedChannel traced)
                    || traced.held().kilobytes() == 0
                    || channel.getIOChannel() == null) {
                return Optional.empty();
            }
            HeldHeap held = traced.held();
            long touched = Math.max(connection.getLastRead(), connection.getLastWrite());
            long idle = TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis() - touched);
            return Optional.of(
                    new Holder(
                            endpoint,
                            channel.getIOChannel(),
                            held,
                            held.kilobytes(),
                            held.stalledNanos(now, idle),
                            held.ageNanos(now)));
        }

        boolean isShed() {
            return held.isShed();
        }

        /**
         * Ends the socket's two halves and leaves the rest to whoever serves the connection: a read
         * comes to the end, a write fails, and what waits for either wakes up.
         */
        void shed() {
            if (!held.shed()) {
                return;
            }
            endpoint.shed();
            try {
                socket.shutdownInput();
                socket.shutdownOutput();
            } catch (IOException ex) {
                logger.debug("A connection was gone before it was cut off", ex);
            }
        }
    }
}
