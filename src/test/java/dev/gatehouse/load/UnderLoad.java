package dev.gatehouse.load;

import static org.awaitility.Awaitility.await;

import dev.gatehouse.connector.ConnectorName;
import dev.gatehouse.testing.GatehouseProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The rule of liveness under load: saturated at four times what it can serve, nothing is called
 * dead; and what is killed meanwhile is found or recovers within a minute.
 *
 * @param saturated for how long nothing is killed
 * @param slowPosts slow bodies sent to the redirect at once
 * @param idleTls connections over TLS that ask for hardly anything
 * @param visitors how many at most wait for an answer at once
 * @param rounds how often each of four faults is injected
 */
record UnderLoad(Duration saturated, int slowPosts, int idleTls, int visitors, int rounds) {

    private static final int CAPACITY_AT_ONCE = 16;
    private static final double OVERLOAD = 4;

    LoadReport run(Path folder) throws IOException {
        try (GatehouseProcess gatehouse =
                GatehouseProcess.start(
                        folder,
                        List.of(),
                        InjectableGatehouse.class,
                        "gatehouse.liveness.restart-pause=1ms",
                        "gatehouse.liveness.restarts-per-hour=1000")) {
            int https = gatehouse.port(ConnectorName.HTTPS);
            double capacity = Visitors.capacity(https, CAPACITY_AT_ONCE);
            try (Nuisances nuisances = new Nuisances()) {
                nuisances.idleTls(https, idleTls);
                nuisances.slowPosts(gatehouse.port(ConnectorName.HTTP), slowPosts);
                await().atMost(Duration.ofMinutes(2)).until(() -> nuisances.idle() >= idleTls);
                return saturate(gatehouse, nuisances, capacity);
            }
        }
    }

    private LoadReport saturate(GatehouseProcess gatehouse, Nuisances nuisances, double capacity)
            throws IOException {
        try (Visitors load = new Visitors(gatehouse.port(ConnectorName.HTTPS), visitors);
                Kubelet kubelet = new Kubelet(gatehouse)) {
            load.overload(capacity, OVERLOAD);
            int idle = fewestIdleDuring(saturated, nuisances);
            long busy = count(gatehouse, "connector is BUSY");
            long deaths = count(gatehouse, "connector is DEAD");
            long down = count(gatehouse, InjectableGatehouse.LIVENESS_IS + "DOWN");
            String served = load.toString();
            long notServed = load.notServed();
            String asked = kubelet.toString();
            List<String> faults = new FaultsUnderLoad(gatehouse).injectAll(rounds);
            return new LoadReport(
                    capacity, served, notServed, asked, idle, busy, deaths, down, faults);
        }
    }

    private static int fewestIdleDuring(Duration time, Nuisances nuisances) {
        int[] fewest = {nuisances.idle()};
        long end = System.nanoTime() + time.toNanos();
        await().atMost(time.plusMinutes(1))
                .pollInterval(Duration.ofMillis(200))
                .until(
                        () -> {
                            fewest[0] = Math.min(fewest[0], nuisances.idle());
                            return System.nanoTime() > end;
                        });
        return fewest[0];
    }

    static long count(GatehouseProcess gatehouse, String part) {
        return Pattern.compile(Pattern.quote(part)).matcher(gatehouse.log()).results().count();
    }
}
