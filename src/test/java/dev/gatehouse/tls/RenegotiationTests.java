package dev.gatehouse.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.connector.ConnectorName;
import dev.gatehouse.testing.GatehouseProcess;
import dev.gatehouse.testing.RawHttp;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A second handshake on a connection, which TLS 1.2 knows, and which costs the server much. */
class RenegotiationTests {

    private static final Logger logger = LoggerFactory.getLogger(RenegotiationTests.class);

    /** A process, since the JDK settles at its first handshake what it refuses. */
    @TempDir private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"jsse", "conscrypt"})
    void isRefusedByEachEngine(String engine) throws Exception {
        try (GatehouseProcess gatehouse =
                        GatehouseProcess.start(
                                folder,
                                "gatehouse.tls.engine=" + engine,
                                "logging.level.dev.gatehouse.tls=error");
                SSLSocket tls = connect(gatehouse.port(ConnectorName.HTTPS))) {
            ask(tls);
            long start = System.nanoTime();

            assertThatThrownBy(
                            () -> {
                                tls.startHandshake();
                                ask(tls);
                            })
                    .isInstanceOf(IOException.class)
                    .satisfies(ex -> logger.info("{}: {}", engine, ex.toString()));
            logger.info(
                    "Renegotiation with {} ended after {} ms",
                    engine,
                    TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
            assertThat(gatehouse.log()).doesNotContain(" WARN ").doesNotContain(" ERROR ");
        }
    }

    private static SSLSocket connect(int port) throws IOException {
        SSLSocket tls =
                (SSLSocket)
                        RawHttp.trustingAll()
                                .createSocket(RawHttp.connect(port), "localhost", port, true);
        tls.setEnabledProtocols(new String[] {"TLSv1.2"});
        tls.startHandshake();
        return tls;
    }

    private static void ask(SSLSocket tls) throws IOException {
        String request = RawHttp.request("GET /ping HTTP/1.1", "Host: localhost");
        tls.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        if (tls.getInputStream().read(new byte[4096]) < 0) {
            throw new IOException("Closed");
        }
    }
}
