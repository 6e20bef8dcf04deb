package dev.gatehouse.connector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testing.RawHttp;
import dev.gatehouse.testing.RunningGatehouse;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.catalina.connector.Connector;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is configured for the server holds for both connectors. */
class TwoConnectorsTests {

    private static RunningGatehouse gatehouse;

    @BeforeAll
    static void start() {
        gatehouse =
                RunningGatehouse.start(
                        "server.address=127.0.0.1",
                        "server.server-header=test",
                        "server.max-http-request-header-size=9KB",
                        "server.compression.enabled=true",
                        "server.tomcat.connection-timeout=7s",
                        "server.tomcat.keep-alive-timeout=8s",
                        "server.tomcat.max-keep-alive-requests=9",
                        "server.tomcat.max-connections=1010",
                        "server.tomcat.accept-count=11",
                        "server.tomcat.max-swallow-size=12KB",
                        "server.tomcat.max-http-form-post-size=13KB",
                        "server.tomcat.max-parameter-count=14",
                        "server.tomcat.max-http-response-header-size=15KB",
                        "server.tomcat.max-part-count=16",
                        "server.tomcat.max-part-header-size=17KB",
                        "server.tomcat.processor-cache=18",
                        "server.tomcat.relaxed-path-chars=|",
                        "server.tomcat.relaxed-query-chars={,}",
                        "server.tomcat.uri-encoding=ISO-8859-1");
    }

    @AfterAll
    static void stop() {
        gatehouse.close();
    }

    /**
     * A setting of Spring Boot's, as Tomcat's connector has it.
     *
     * @param name what it is
     * @param value how to read it from a connector
     * @param expected what is configured above
     */
    record Setting(String name, Function<Connector, Object> value, Object expected) {

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Setting> settings() {
        return Stream.of(
                new Setting(
                        "address",
                        connector -> protocol(connector).getAddress().getHostAddress(),
                        "127.0.0.1"),
                new Setting("server header", connector -> protocol(connector).getServer(), "test"),
                new Setting(
                        "request header size",
                        c -> protocol(c).getMaxHttpRequestHeaderSize(),
                        9 * 1024),
                new Setting(
                        "response header size",
                        c -> protocol(c).getMaxHttpResponseHeaderSize(),
                        15 * 1024),
                new Setting("compression", connector -> protocol(connector).getCompression(), "on"),
                new Setting(
                        "connection timeout",
                        connector -> protocol(connector).getConnectionTimeout(),
                        7_000),
                new Setting(
                        "keep alive timeout",
                        connector -> protocol(connector).getKeepAliveTimeout(),
                        8_000),
                new Setting(
                        "max keep alive requests",
                        connector -> protocol(connector).getMaxKeepAliveRequests(),
                        9),
                new Setting(
                        "max connections",
                        connector -> protocol(connector).getMaxConnections(),
                        1010),
                new Setting("accept count", connector -> protocol(connector).getAcceptCount(), 11),
                new Setting(
                        "max swallow size",
                        connector -> protocol(connector).getMaxSwallowSize(),
                        12 * 1024),
                new Setting("max form size", Connector::getMaxPostSize, 13 * 1024),
                new Setting("max parameters", Connector::getMaxParameterCount, 14),
                new Setting("max parts", Connector::getMaxPartCount, 16),
                new Setting("max part header size", Connector::getMaxPartHeaderSize, 17 * 1024),
                new Setting("processor cache", c -> protocol(c).getProcessorCache(), 18),
                new Setting("relaxed path", c -> protocol(c).getRelaxedPathChars(), "|"),
                new Setting("relaxed query", c -> protocol(c).getRelaxedQueryChars(), "{}"),
                new Setting("uri encoding", Connector::getURIEncoding, "ISO-8859-1"),
                new Setting(
                        "virtual threads",
                        c -> protocol(c).getExecutor().getClass().getSimpleName(),
                        "ConnectionExecutor"));
    }

    @ParameterizedTest
    @MethodSource("settings")
    void settingWhenConfiguredHoldsForBothConnectors(Setting setting) {
        for (ConnectorName name : ConnectorName.values()) {
            assertThat(setting.value.apply(gatehouse.connectors().get(name).tomcat()))
                    .as("%s of %s", setting, name)
                    .isEqualTo(setting.expected);
        }
    }

    @Test
    void executorOfEitherConnectorWhenGivenWorkUsesAVirtualThread() {
        for (ConnectorName name : ConnectorName.values()) {
            assertThat(protocol(gatehouse.connectors().get(name).tomcat()).getExecutor())
                    .satisfies(
                            executor -> {
                                var thread = new CompletableFuture<Thread>();
                                executor.execute(() -> thread.complete(Thread.currentThread()));
                                assertThat(thread.join().isVirtual()).isTrue();
                            });
        }
    }

    @Test
    void plainConnectorWhenSentAnHttp2PrefaceDoesNotSpeakHttp2() {
        RawHttp.Response answer = gatehouse.http("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");

        assertThat(answer.status()).isIn(0, 400, 505);
    }

    private static AbstractHttp11Protocol<?> protocol(Connector connector) {
        return (AbstractHttp11Protocol<?>) connector.getProtocolHandler();
    }
}
