package dev.gatehouse.load;

import static org.awaitility.Awaitility.await;

import dev.gatehouse.connector.ConnectorName;
import dev.gatehouse.connector.InjectedFault;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.awaitility.core.ConditionTimeoutException;

/**
 * The rule of liveness under load: saturated at four times what it can serve, nothing is called
 * dead; and what is killed meanwhile is found or healed within a minute.
 *
 * @param saturated for how long nothing is killed
 * @param slowPosts slow bodies sent to the redirect at once
 * @param idleTls connections over TLS that ask for nothing
 * @param rounds how often each of four faults is injected
 */
record UnderLoad(Duration saturated, int slowPosts, int idleTls, int rounds) {

    private static final Duration MOST = Duration.ofSeconds(60);
    private static final int CAPACITY_AT_ONCE = 16;
    private static final double OVERLOAD = 4;

    private static final List<InjectedFault> FAULTS =
            List.of(
                    InjectedFault.ACCEPTOR_DIES_OF_OUT_OF_MEMORY,
                    InjectedFault.ACCEPTOR_INTERRUPTED,
                    InjectedFault.POLLER_DIES,
                    InjectedFault.PERMITS_LEAKED);

    Report run(Path folder) throws IOException {
        try (ServerProcess gatehouse =
                ServerProcess.start(
                        folder,
                        List.of(),
                        InjectableGatehouse.class,
                        "gatehouse.liveness.restart-pause=1ms",
                        "gatehouse.liveness.restarts-per-hour=1000")) {
            int https = gatehouse.port(ConnectorName.HTTPS);
            Visitors.capacity(https, CAPACITY_AT_ONCE, Duration.ofSeconds(3)); // warm
            double capacity = Visitors.capacity(https, CAPACITY_AT_ONCE, Duration.ofSeconds(4));
            try (Nuisances nuisances = new Nuisances();
                    Visitors visitors = new Visitors(https).comeAt(capacity * OVERLOAD)) {
                nuisances.idleTls(https, idleTls);
                nuisances.slowPosts(gatehouse.port(ConnectorName.HTTP), slowPosts);
                pass(saturated);
                long deaths = count(gatehouse, "connector is DEAD");
                long busy = count(gatehouse, "connector is BUSY");
                String served = visitors.toString();
                int open = nuisances.open();
                return new Report(capacity, served, open, busy, deaths, injectAll(gatehouse));
            }
        }
    }

    private List<String> injectAll(ServerProcess gatehouse) throws IOException {
        List<String> found = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            for (InjectedFault fault : FAULTS) {
                boolean plain = (round + found.size()) % 2 == 0;
                found.add(
                        inject(gatehouse, fault, plain ? ConnectorName.HTTP : ConnectorName.HTTPS));
            }
        }
        return found;
    }

    private static String inject(ServerProcess gatehouse, InjectedFault fault, ConnectorName name)
            throws IOException {
        String dead = "The " + name + " connector is DEAD";
        long deadBefore = count(gatehouse, dead);
        long start = System.nanoTime();
        gatehouse.tell(fault + " " + name);
        String label = fault + " of " + name;
        try {
            await().atMost(MOST).until(() -> count(gatehouse, dead) > deadBefore);
            String found = label + ": DEAD after " + since(start);
            await().atMost(MOST).until(() -> back(gatehouse, name) >= count(gatehouse, dead));
            return found + ", answering again after " + since(start);
        } catch (ConditionTimeoutException _) {
            return count(gatehouse, dead) > deadBefore
                    ? label + ": DEAD, not healed within 60 s"
                    : label + ": MISSED";
        }
    }

    /** How often it has come back from the dead. */
    private static long back(ServerProcess gatehouse, ConnectorName name) {
        return count(gatehouse, "The " + name + " connector is ALIVE (was DEAD)")
                + count(gatehouse, "The " + name + " connector is BUSY (was DEAD)");
    }

    private static String since(long startNanos) {
        return "%.1f s".formatted((System.nanoTime() - startNanos) / 1e9);
    }

    private static void pass(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        await().atMost(time.plusMinutes(1))
                .pollInterval(Duration.ofMillis(200))
                .until(() -> System.nanoTime() > end);
    }

    private static long count(ServerProcess gatehouse, String part) {
        return Pattern.compile(Pattern.quote(part)).matcher(gatehouse.log()).results().count();
    }

    /**
     * What came of it.
     *
     * @param capacity visitors a second that were answered before the load
     * @param visitors what became of those who came at four times that rate
     * @param nuisances slow or idle connections open at the end
     * @param busy how often a connector was called busy while saturated
     * @param deaths how often one was called dead while saturated, wrongly
     * @param faults each fault that was injected then, and how soon it was found
     */
    record Report(
            double capacity,
            String visitors,
            int nuisances,
            long busy,
            long deaths,
            List<String> faults) {

        boolean holds() {
            return deaths == 0 && faults.stream().noneMatch(fault -> fault.endsWith("MISSED"));
        }

        @Override
        public String toString() {
            return """
            capacity: %.0f visitors a second on fresh TLS connections
            offered: four times that: %s
            slow or idle connections open at the end: %d
            called BUSY: %d times; called DEAD: %d times
            %s"""
                    .formatted(
                            capacity, visitors, nuisances, busy, deaths, String.join("\n", faults));
        }
    }
}
