package dev.gatehouse.liveness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.connector.ConnectorName;
import dev.gatehouse.connector.PingFilter;
import dev.gatehouse.testing.RawHttp;
import dev.gatehouse.testing.RunningGatehouse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;

/** Connectors that answer each fresh connection, but wrongly. */
class WrongAnswerTests {

    private static volatile Fault fault = Fault.NONE;
    private static RunningGatehouse gatehouse;

    enum Fault {
        NONE,
        EVERYTHING_IS_500,
        PING_IS_500,
        PING_HAS_ANOTHER_BODY
    }

    @BeforeAll
    static void start() {
        gatehouse = start("2s");
    }

    private static RunningGatehouse start(String softDeadAfter) {
        return RunningGatehouse.startWith(
                new Class<?>[] {FaultyAnswers.class},
                "gatehouse.liveness.probe-timeout=500ms",
                "gatehouse.liveness.soft-dead-after=" + softDeadAfter,
                "gatehouse.liveness.restart-connector=false",
                "gatehouse.liveness.late-after=1m");
    }

    @AfterAll
    static void stop() {
        gatehouse.close();
    }

    @BeforeEach
    void awaitAlive() {
        fault = Fault.NONE;
        for (ConnectorName name : ConnectorName.values()) {
            await().until(() -> verdict(name).reason() == VerdictReason.ANSWERS);
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void bothConnectorsAreDeadWhenThereAreNoVisitors(Fault injected) {
        fault = injected;
        for (ConnectorName name : ConnectorName.values()) {
            await().until(() -> verdict(name).isDead());
            assertThat(verdict(name).reason()).isEqualTo(VerdictReason.SILENT);
        }
    }

    /** Nor is kubelet a visitor: its own probe asks for the verdict. */
    @Test
    void connectorIsDeadWhenOnlyKubeletIsAnswered() {
        fault = Fault.PING_IS_500;
        await().until(
                        () -> {
                            ask(gatehouse, "/livez", "kube-probe/1.35");
                            return verdict(ConnectorName.HTTPS).isDead();
                        });
    }

    @Test
    void connectorIsDeadWhenVisitorsAreAnsweredWithErrorsOnly() {
        fault = Fault.EVERYTHING_IS_500;
        await().until(
                        () -> {
                            ask(gatehouse, "/", "a-browser");
                            return verdict(ConnectorName.HTTPS).isDead();
                        });
    }

    /** With time enough that a pause between two visitors is no death on a busy machine. */
    @Test
    void connectorIsBusyWhenVisitorsGetGoodAnswers() {
        try (RunningGatehouse visited = start("8s")) {
            fault = Fault.PING_IS_500;
            await().until(
                            () -> {
                                ask(visited, "/", "a-browser");
                                assertThat(verdict(visited, ConnectorName.HTTPS).isDead())
                                        .isFalse();
                                return verdict(visited, ConnectorName.HTTP).isDead();
                            });
            await().until(
                            () -> {
                                ask(visited, "/", "a-browser");
                                return verdict(visited, ConnectorName.HTTPS).reason()
                                        == VerdictReason.VISITORS_ANSWERED;
                            });
        }
    }

    private static Verdict verdict(ConnectorName name) {
        return verdict(gatehouse, name);
    }

    private static Verdict verdict(RunningGatehouse of, ConnectorName name) {
        return Death.report(of, name).verdict();
    }

    private static void ask(RunningGatehouse asked, String path, String userAgent) {
        asked.https(
                RawHttp.request(
                        "GET " + path + " HTTP/1.1",
                        "Host: localhost",
                        "User-Agent: " + userAgent,
                        "Connection: close"));
    }

    /** Not found by a component scan, which looks for names that end in Configuration. */
    static class FaultyAnswers {

        @Bean
        WebServerFactoryCustomizer<TomcatServletWebServerFactory> faultyValve() {
            return factory -> factory.addContextValves(new FaultyValve());
        }
    }

    private static final class FaultyValve extends ValveBase {

        FaultyValve() {
            super(true);
        }

        @Override
        public void invoke(Request request, Response response)
                throws IOException, jakarta.servlet.ServletException {
            boolean ping = PingFilter.PATH.equals(request.getRequestURI());
            if (fault == Fault.EVERYTHING_IS_500 || (fault == Fault.PING_IS_500 && ping)) {
                response.setStatus(500);
            } else if (fault == Fault.PING_HAS_ANOTHER_BODY && ping) {
                response.getOutputStream().write("maintenance".getBytes(StandardCharsets.US_ASCII));
            } else {
                getNext().invoke(request, response);
            }
        }
    }
}
