package dev.gatehouse.liveness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.connector.ConnectorName;
import dev.gatehouse.connector.Connectors;
import dev.gatehouse.connector.InjectedFault;
import dev.gatehouse.testing.RawHttp;
import dev.gatehouse.testing.RunningGatehouse;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How soon each fault is found at production's intervals and time-outs. Some minutes of waiting, so
 * by {@code bench/liveness-timings}, which prints the table that docs/liveness.md has.
 */
@EnabledIfSystemProperty(named = "gatehouse-test.timings", matches = "true")
class ProductionTimingsTests {

    private static final Logger logger = LoggerFactory.getLogger(ProductionTimingsTests.class);

    private static final Duration HARD = Duration.ofSeconds(10);
    private static final Duration SOFT = Duration.ofSeconds(45);

    /** As production has it, but for the pause between two restarts. */
    private static final List<String> PRODUCTION =
            List.of(
                    "gatehouse.liveness.probe-interval=2s",
                    "gatehouse.liveness.restart-pause=1ms",
                    "gatehouse.liveness.restarts-per-hour=1000");

    private static final List<String> table = new ArrayList<>();

    @AfterAll
    static void print() {
        logger.info("At production's intervals:\n{}", String.join("\n", table));
    }

    @Test
    void findsHardFaultsInTime() throws Exception {
        try (RunningGatehouse gatehouse = start()) {
            for (InjectedFault fault : InjectedFault.values()) {
                List<String> cells = new ArrayList<>();
                for (ConnectorName name : ConnectorName.values()) {
                    boolean applies =
                            fault != InjectedFault.TLS_HOST_CONFIGURATION_EMPTIED
                                    || name == ConnectorName.HTTPS;
                    cells.add(applies ? hard(gatehouse, fault, name) : "–");
                }
                row(fault.row(), fault.name(), cells);
            }
        }
    }

    private static String hard(RunningGatehouse gatehouse, InjectedFault fault, ConnectorName name)
            throws Exception {
        try (Death death = new Death(gatehouse, name)) {
            death.inject(fault);
            String told =
                    switch (fault) {
                        case POLLER_INTERRUPTED -> "spins";
                        case LIMIT_LOST -> "no longer enforced";
                        default -> "DEAD (was";
                    };
            Duration found = death.awaitEvent(told, HARD.multipliedBy(2));
            assertThat(found).as("%s of %s", fault, name).isLessThan(HARD);
            fault.repair(gatehouse.bean(Connectors.class), name);
            if (!told.startsWith("DEAD")) {
                gatehouse.bean(Connectors.class).get(name).restart();
                return millis(found) + " (WARN)";
            }
            Duration back = death.awaitEvent("(was DEAD)", HARD.multipliedBy(2));
            death.assertOtherUntouched();
            return millis(found) + ", " + millis(back);
        }
    }

    @Test
    void findsHeldWorkersInTime() throws Exception {
        List<String> cells = new ArrayList<>();
        for (ConnectorName name : ConnectorName.values()) {
            try (RunningGatehouse gatehouse =
                            RunningGatehouse.startWith(
                                    new Class<?>[] {HeldWorkers.HoldingServlet.class},
                                    with(
                                            "spring.threads.virtual.enabled=false",
                                            "server.tomcat.threads.max=8"));
                    Death death = new Death(gatehouse, name)) {
                death.injected();
                try (HeldWorkers _ = HeldWorkers.hold(gatehouse, name, 12)) {
                    Duration found = death.awaitEvent("DEAD (was", SOFT.multipliedBy(2));
                    assertThat(found).isLessThan(SOFT);
                    Duration back = death.awaitEvent("(was DEAD)", HARD.multipliedBy(2));
                    cells.add(millis(found) + ", " + millis(back));
                }
                death.assertOtherUntouched();
            }
        }
        row("9", "every platform thread held", cells);
    }

    @Test
    void findsSpinningCarriersInTime() {
        List<String> cells = new ArrayList<>();
        try (RunningGatehouse gatehouse = start()) {
            for (ConnectorName name : ConnectorName.values()) {
                await().until(() -> reason(gatehouse, name) == VerdictReason.ANSWERS);
            }
            Instant injected = Instant.now();
            try (SpinningCarriers _ = new SpinningCarriers()) {
                for (ConnectorName name : ConnectorName.values()) {
                    await().atMost(SOFT.multipliedBy(2))
                            .until(() -> reason(gatehouse, name) == VerdictReason.CARRIERS_STALLED);
                    Duration found =
                            Duration.between(
                                    injected, Death.report(gatehouse, name).verdict().since());
                    assertThat(found).isLessThan(SOFT);
                    cells.add(millis(found));
                }
            }
        }
        row("11", "carriers spin", cells);
    }

    @Test
    void callsFullLimitBusyInTime() throws Exception {
        List<String> cells = new ArrayList<>();
        try (RunningGatehouse gatehouse =
                RunningGatehouse.start(with("server.tomcat.max-connections=200"))) {
            for (ConnectorName name : ConnectorName.values()) {
                cells.add(fill(gatehouse, name));
            }
        }
        row("12", "limit full of idle clients", cells);
    }

    private static String fill(RunningGatehouse gatehouse, ConnectorName name) throws Exception {
        try (Death death = new Death(gatehouse, name)) {
            death.injected();
            List<Socket> visitors = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                visitors.add(RawHttp.connect(gatehouse.port(name)));
            }
            Duration found = death.awaitEvent("BUSY (was", HARD);
            Duration back = death.awaitEvent("ALIVE (was BUSY)", SOFT);
            death.assertNeverDown();
            death.assertOtherUntouched();
            for (Socket visitor : visitors) {
                visitor.close();
            }
            return millis(found) + " (BUSY), " + millis(back);
        }
    }

    private static VerdictReason reason(RunningGatehouse gatehouse, ConnectorName name) {
        return Death.report(gatehouse, name).verdict().reason();
    }

    private static RunningGatehouse start() {
        return RunningGatehouse.start(with());
    }

    private static String[] with(String... properties) {
        List<String> all = new ArrayList<>(PRODUCTION);
        all.addAll(List.of(properties));
        return all.toArray(String[]::new);
    }

    private static void row(String row, String fault, List<String> cells) {
        table.add("| %s | %s | %s |".formatted(row, fault, String.join(" | ", cells)));
    }

    private static String millis(Duration time) {
        return "%,d ms".formatted(time.toMillis());
    }
}
