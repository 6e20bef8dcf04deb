package dev.gatehouse.liveness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.connector.ConnectorName;
import dev.gatehouse.testing.RawHttp;
import dev.gatehouse.testing.RunningGatehouse;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The faults that look like being busy at first, and what only looks like a fault. */
class SoftFaultTests {

    private static final String[] IMPATIENT = {
        "gatehouse.liveness.probe-timeout=500ms",
        "gatehouse.liveness.soft-dead-after=2s",
        "gatehouse.liveness.restart-pause=1ms",
        "gatehouse.liveness.alive-after-restart=1m",
        "gatehouse.liveness.restarts-per-hour=1000",
        // The machine that runs the tests is the starved one; a pause has a test of its own.
        "gatehouse.liveness.late-after=1m"
    };

    @ParameterizedTest
    @EnumSource
    void diesAndRecoversWhenEveryPlatformThreadIsHeld(ConnectorName name) throws Exception {
        try (RunningGatehouse gatehouse =
                        RunningGatehouse.startWith(
                                new Class<?>[] {HeldWorkers.HoldingServlet.class},
                                with(
                                        "spring.threads.virtual.enabled=false",
                                        "server.tomcat.threads.max=8"));
                Death death = new Death(gatehouse, name)) {
            death.injected();
            try (HeldWorkers workers = HeldWorkers.hold(gatehouse, name, 12)) {
                death.assertSeenDeadThroughOther();
                assertThat(death.events("every worker thread is held")).isNotEmpty();
                workers.letGo();
                death.awaitEvent("recovered by the restart");
                death.assertRecovered();
                death.assertRestarts(1);
                death.assertOtherUntouched();
            }
        }
    }

    /** Neither connector answers by HTTP, so the verdicts are read directly. */
    @Test
    void bothDieAndNeitherIsRestartedWhenCarriersSpin() {
        try (RunningGatehouse gatehouse = RunningGatehouse.start(with());
                SpinningCarriers carriers = new SpinningCarriers()) {
            for (ConnectorName name : ConnectorName.values()) {
                await().until(
                                () ->
                                        Death.report(gatehouse, name).verdict().reason()
                                                == VerdictReason.CARRIERS_STALLED);
                assertThat(Death.report(gatehouse, name).restarts()).isZero();
            }
            carriers.stop();
            for (ConnectorName name : ConnectorName.values()) {
                await().until(
                                () ->
                                        Death.report(gatehouse, name).verdict().reason()
                                                == VerdictReason.ANSWERS);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void isBusyAndNotRestartedWhenLimitIsFullOfIdleVisitors(ConnectorName name) throws Exception {
        try (RunningGatehouse gatehouse =
                        RunningGatehouse.start(
                                with(
                                        "server.tomcat.max-connections=20",
                                        "server.tomcat.connection-timeout=6s"));
                Death death = new Death(gatehouse, name)) {
            death.injected();
            List<Socket> visitors = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                visitors.add(RawHttp.connect(gatehouse.port(name)));
            }

            await().until(() -> death.verdict().reason() == VerdictReason.LIMIT_REACHED);
            await().until(() -> death.verdict().reason() == VerdictReason.ANSWERS);
            assertThat(death.events("DEAD")).isEmpty();
            death.assertNeverDown();
            death.assertRestarts(0);
            death.assertOtherUntouched();
            close(visitors);
        }
    }

    @Test
    void servesWhenHundredsOfVirtualThreadsAreHeld() throws Exception {
        try (RunningGatehouse gatehouse =
                        RunningGatehouse.startWith(
                                new Class<?>[] {HeldWorkers.HoldingServlet.class}, with());
                Death death = new Death(gatehouse, ConnectorName.HTTPS)) {
            death.injected();
            try (HeldWorkers _ = HeldWorkers.hold(gatehouse, ConnectorName.HTTP, 300)) {
                assertThat(SteadyStream.get(gatehouse, ConnectorName.HTTP, "/ping").status())
                        .isEqualTo(200);
                death.assertNeverDown();
            }
        }
    }

    private static void close(List<Socket> sockets) throws Exception {
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    private static String[] with(String... properties) {
        List<String> all = new ArrayList<>(List.of(IMPATIENT));
        all.addAll(List.of(properties));
        return all.toArray(String[]::new);
    }
}
