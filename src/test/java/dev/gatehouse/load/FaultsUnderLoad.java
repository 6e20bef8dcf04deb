package dev.gatehouse.load;

import static org.awaitility.Awaitility.await;

import dev.gatehouse.connector.ConnectorName;
import dev.gatehouse.connector.InjectedFault;
import dev.gatehouse.testing.GatehouseProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.core.ConditionTimeoutException;

/** Kills a connector that is under load in four ways, each connector in turn. */
record FaultsUnderLoad(GatehouseProcess gatehouse) {

    /** How each is told that was neither found nor recovered in time. */
    static final String MISSED = "MISSED";

    private static final Duration MOST = Duration.ofSeconds(60);

    private static final List<InjectedFault> FAULTS =
            List.of(
                    InjectedFault.ACCEPTOR_DIES_OF_OUT_OF_MEMORY,
                    InjectedFault.ACCEPTOR_INTERRUPTED,
                    InjectedFault.POLLER_DIES,
                    InjectedFault.PERMITS_LEAKED);

    /** A line for each injection, which says what came of it. */
    List<String> injectAll(int rounds) throws IOException {
        List<String> found = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            for (InjectedFault fault : FAULTS) {
                boolean plain = (round + found.size()) % 2 == 0;
                found.add(inject(fault, plain ? ConnectorName.HTTP : ConnectorName.HTTPS));
            }
        }
        return found;
    }

    private String inject(InjectedFault fault, ConnectorName name) throws IOException {
        String label = "row " + fault.row() + " (" + fault + ") of " + name;
        long before = deaths(name);
        long start = System.nanoTime();
        gatehouse.tell(fault.name() + " " + name);
        try {
            await().atMost(MOST).until(() -> deaths(name) > before);
        } catch (ConditionTimeoutException _) {
            return label + ": " + MISSED;
        }
        String found = label + ": DEAD after " + since(start);
        try {
            await().atMost(MOST).until(() -> returns(name) >= deaths(name));
            return found + ", answering again after " + since(start);
        } catch (ConditionTimeoutException _) {
            return found + ", not recovered within 60 s";
        }
    }

    private long deaths(ConnectorName name) {
        return UnderLoad.count(gatehouse, "The " + name + " connector is DEAD");
    }

    private long returns(ConnectorName name) {
        return UnderLoad.count(gatehouse, "The " + name + " connector is ALIVE (was DEAD)")
                + UnderLoad.count(gatehouse, "The " + name + " connector is BUSY (was DEAD)");
    }

    private static String since(long startNanos) {
        return "%.1f s".formatted((System.nanoTime() - startNanos) / 1e9);
    }
}
