package dev.gatehouse.liveness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.connector.ConnectorName;
import dev.gatehouse.connector.Connectors;
import dev.gatehouse.connector.InjectedFault;
import dev.gatehouse.connector.ManagedConnector;
import dev.gatehouse.testing.RunningGatehouse;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The faults that kill a connector at once, on each connector of a running Gatehouse. */
class HardFaultTests {

    private static final Set<InjectedFault> SERVED_ALL_THE_SAME =
            EnumSet.of(InjectedFault.POLLER_INTERRUPTED, InjectedFault.LIMIT_LOST);
    private static final Set<InjectedFault> RESTART_DOES_NOT_HELP =
            EnumSet.of(InjectedFault.TLS_HOST_CONFIGURATION_EMPTIED);

    private static RunningGatehouse gatehouse;

    @BeforeAll
    static void start() {
        gatehouse =
                RunningGatehouse.start(
                        "server.tomcat.max-connections=60",
                        "gatehouse.liveness.restart-pause=1ms",
                        "gatehouse.liveness.alive-after-restart=1m",
                        "gatehouse.liveness.restarts-per-hour=1000");
    }

    @AfterAll
    static void stop() {
        gatehouse.close();
    }

    static Stream<Arguments> restartHelps() {
        return Arrays.stream(InjectedFault.values())
                .filter(fault -> !SERVED_ALL_THE_SAME.contains(fault))
                .filter(fault -> !RESTART_DOES_NOT_HELP.contains(fault))
                .flatMap(
                        fault ->
                                Stream.of(ConnectorName.values())
                                        .map(name -> Arguments.of(fault, name)));
    }

    @ParameterizedTest
    @MethodSource("restartHelps")
    void diesAndRecoversWhenRestartHelps(InjectedFault fault, ConnectorName name) throws Exception {
        try (Death death = new Death(gatehouse, name)) {
            death.inject(fault);

            death.assertSeenDeadThroughOther();
            death.awaitEvent("recovered by the restart");
            death.assertRecovered();
            death.assertRestarts(1);
            death.assertOtherUntouched();
        }
    }

    @Test
    void diesAndIsNotRestartedWhenTlsIsMisconfigured() throws Exception {
        InjectedFault fault = InjectedFault.TLS_HOST_CONFIGURATION_EMPTIED;
        try (Death death = new Death(gatehouse, ConnectorName.HTTPS)) {
            death.inject(fault);

            death.assertSeenDeadThroughOther();
            assertThat(death.verdict().reason()).isEqualTo(VerdictReason.HANDSHAKE_FAILS);
            death.awaitEvent("left down");
            death.assertRestarts(0);
            death.assertOtherUntouched();

            fault.repair(gatehouse.bean(Connectors.class), ConnectorName.HTTPS);
            death.assertRecovered();
        }
    }

    @ParameterizedTest
    @EnumSource
    void servesAndIsReportedWhenPollerSpins(ConnectorName name) throws Exception {
        try (Death death = new Death(gatehouse, name)) {
            death.inject(InjectedFault.POLLER_INTERRUPTED);

            death.awaitEvent("spins");
            death.assertNeverDown();
            death.assertRestarts(0);
            gatehouse.bean(Connectors.class).get(name).restart();
            death.assertRecovered();
            death.assertOtherUntouched();
        }
    }

    @ParameterizedTest
    @EnumSource
    void servesAndIsReportedWhenLimitIsGone(ConnectorName name) throws Exception {
        try (Death death = new Death(gatehouse, name)) {
            death.inject(InjectedFault.LIMIT_LOST);

            death.awaitEvent("no longer enforced");
            death.assertNeverDown();
            death.assertRestarts(0);
            gatehouse.bean(Connectors.class).get(name).restart();
            death.assertRecovered();
            death.assertOtherUntouched();
        }
    }

    /** Tomcat 11.0.27 counts anew after a pause; without, its limit is lost. */
    @ParameterizedTest
    @EnumSource
    void servesWithLimitAfterPauseAndResume(ConnectorName name) throws Exception {
        try (Death death = new Death(gatehouse, name)) {
            ManagedConnector connector = gatehouse.bean(Connectors.class).get(name);
            connector.tomcat().pause();
            connector.tomcat().resume();

            death.assertRecovered();
            assertThat(connector.openConnections()).isNotNegative();
            death.assertOtherUntouched();
        }
    }
}
