package dev.gatehouse.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.connector.nio.ConnectionKind;
import dev.gatehouse.testing.RawHttp;
import dev.gatehouse.testing.RunningGatehouse;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;
import org.apache.catalina.AccessLog;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The evening's cause: an access log that throws, and a scanner that asks for nothing. */
class ThrowingAccessLogTests {

    private static final int SCANS = 10_000;
    private static final int SCANNERS = 40;
    private static final LongAdder thrown = new LongAdder();

    private static RunningGatehouse gatehouse;

    @BeforeAll
    static void start() {
        gatehouse =
                RunningGatehouse.startWith(
                        new Class<?>[] {ThrowingLog.class},
                        "server.tomcat.max-connections=100",
                        "logging.level.org.apache.catalina=off",
                        "logging.level.org.apache.coyote=off");
    }

    @AfterAll
    static void stop() {
        gatehouse.close();
        // levels outlive the server, and Tomcat's errors are of interest to other tests
        LoggingSystem logging = LoggingSystem.get(ThrowingAccessLogTests.class.getClassLoader());
        logging.setLogLevel("org.apache.catalina", null);
        logging.setLogLevel("org.apache.coyote", null);
    }

    @Test
    void leaksNoPermitWhenTenThousandScansAskNothingOfTls() {
        Connectors connectors = gatehouse.connectors();
        long silentBefore = connectors.get(ConnectorName.HTTPS).count(ConnectionKind.SILENT);
        long thrownBefore = thrown.sum();

        scan(ConnectorName.HTTPS);

        await().until(() -> live(ConnectorName.HTTPS) <= 3);
        assertThat(connectors.get(ConnectorName.HTTPS).endpoint().getConnectionCount())
                .isLessThanOrEqualTo(4); // the acceptor's, and what the probes have open
        assertThat(thrown.sum() - thrownBefore).isGreaterThanOrEqualTo(SCANS);
        assertThat(connectors.get(ConnectorName.HTTPS).count(ConnectionKind.SILENT) - silentBefore)
                .isGreaterThanOrEqualTo(SCANS);
        assertThat(connectors.get(ConnectorName.HTTPS).protocol().counts().containedErrors())
                .isGreaterThanOrEqualTo(SCANS);
    }

    @ParameterizedTest
    @EnumSource
    void servesRequestWhenItsLogThrows(ConnectorName name) {
        long before = thrown.sum();
        String request = RawHttp.request("GET /ping HTTP/1.1", "Host: localhost");

        RawHttp.Response response =
                name == ConnectorName.HTTP ? gatehouse.http(request) : gatehouse.https(request);

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("pong");
        await().until(() -> thrown.sum() > before); // logged after the response was sent
    }

    private static void scan(ConnectorName name) {
        int port = gatehouse.port(name);
        try (ExecutorService scanners = Executors.newFixedThreadPool(SCANNERS)) {
            for (int i = 0; i < SCANS; i++) {
                scanners.execute(() -> connectAndClose(port));
            }
        }
    }

    /** Reads to the end, so that the scan is over when the server has closed it. */
    private static void connectAndClose(int port) {
        try (Socket socket = RawHttp.connect(port)) {
            socket.shutdownOutput();
            socket.getInputStream().transferTo(OutputStream.nullOutputStream());
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    private static int live(ConnectorName name) {
        return gatehouse.connectors().get(name).endpoint().getConnections().size();
    }

    /** An access log that fails as the one of that evening did, for everybody. */
    @Configuration(proxyBeanMethods = false)
    static class ThrowingLog {

        @Bean
        WebServerFactoryCustomizer<TomcatServletWebServerFactory> throwingLog() {
            return factory -> factory.addEngineValves(new Log());
        }

        private static final class Log extends ValveBase implements AccessLog {

            Log() {
                super(true);
            }

            @Override
            public void invoke(Request request, Response response)
                    throws IOException, ServletException {
                getNext().invoke(request, response);
            }

            @Override
            public void log(Request request, Response response, long time) {
                thrown.increment();
                throw new InternalError("The access log touched missing request state");
            }

            @Override
            public void setRequestAttributesEnabled(boolean enabled) {}

            @Override
            public boolean getRequestAttributesEnabled() {
                return false;
            }
        }
    }
}
