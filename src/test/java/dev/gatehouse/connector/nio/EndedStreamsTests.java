package dev.gatehouse.connector.nio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.gatehouse.connector.ConnectorName;
import dev.gatehouse.testing.RawHttp;
import dev.gatehouse.testing.RunningGatehouse;
import java.lang.reflect.Field;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import org.apache.coyote.Processor;
import org.junit.jupiter.api.Test;

class EndedStreamsTests {

    private static final int REQUESTS = 40;
    private static final int MANY_CONNECTIONS = 100_000;

    @Test
    void findsWhereThisVersionOfTomcatKeepsThem() {
        assertThatCode(EndedStreams::new).doesNotThrowAnyException();
    }

    @Test
    void forgetsTheOldestOfAConnectionWhenThereAreMany() throws Exception {
        try (RunningGatehouse gatehouse = RunningGatehouse.start();
                HttpClient client =
                        HttpClient.newBuilder().sslContext(RawHttp.contextTrustingAll()).build()) {
            for (int i = 0; i < REQUESTS; i++) {
                get(client, gatehouse);
            }
            Processor connection = http2Connection(gatehouse);
            assertThat(remembered(connection)).hasSizeGreaterThanOrEqualTo(REQUESTS);

            new EndedStreams().forget(connection, MANY_CONNECTIONS);

            assertThat(remembered(connection)).hasSize(8);
            assertThat(remembered(connection).keySet().toString())
                    .contains("" + (2 * REQUESTS - 1));
            get(client, gatehouse);
        }
    }

    private static void get(HttpClient client, RunningGatehouse gatehouse) throws Exception {
        URI ping = URI.create("https://localhost:" + gatehouse.port(ConnectorName.HTTPS) + "/ping");
        HttpResponse<String> response =
                client.send(
                        HttpRequest.newBuilder(ping).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(response.version()).isEqualTo(HttpClient.Version.HTTP_2);
        assertThat(response.body()).isEqualTo("pong");
    }

    private static Processor http2Connection(RunningGatehouse gatehouse) {
        return endpoint(gatehouse).getConnections().stream()
                .filter(connection -> "h2".equals(connection.getNegotiatedProtocol()))
                .map(connection -> (Processor) connection.getCurrentProcessor())
                .findFirst()
                .orElseThrow();
    }

    private static ConnectorEndpoint endpoint(RunningGatehouse gatehouse) {
        return ((ConnectorProtocol)
                        gatehouse
                                .connectors()
                                .get(ConnectorName.HTTPS)
                                .tomcat()
                                .getProtocolHandler())
                .endpoint();
    }

    private static Map<?, ?> remembered(Processor connection) throws Exception {
        Object handler = connection.getUpgradeToken().httpUpgradeHandler();
        Field streams = handler.getClass().getDeclaredField("streams");
        streams.setAccessible(true);
        return (Map<?, ?>) streams.get(handler);
    }
}
