package dev.gatehouse.connector.nio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.connector.ConnectorName;
import dev.gatehouse.testing.RawHttp;
import dev.gatehouse.testing.RunningGatehouse;
import java.lang.reflect.Field;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.apache.coyote.Processor;

/** A client with one HTTP/2 connection, and what Tomcat keeps of it. */
final class Http2Visitor implements AutoCloseable {

    private final RunningGatehouse gatehouse;
    private final HttpClient client =
            HttpClient.newBuilder().sslContext(RawHttp.contextTrustingAll()).build();

    Http2Visitor(RunningGatehouse gatehouse) {
        this.gatehouse = gatehouse;
    }

    void ping() throws Exception {
        URI ping = URI.create("https://localhost:" + gatehouse.port(ConnectorName.HTTPS) + "/ping");
        HttpResponse<String> response =
                client.send(
                        HttpRequest.newBuilder(ping).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(response.version()).isEqualTo(HttpClient.Version.HTTP_2);
        assertThat(response.body()).isEqualTo("pong");
    }

    Processor connection() {
        ConnectorProtocol protocol =
                (ConnectorProtocol)
                        gatehouse
                                .connectors()
                                .get(ConnectorName.HTTPS)
                                .tomcat()
                                .getProtocolHandler();
        return protocol.endpoint().getConnections().stream()
                .filter(connection -> "h2".equals(connection.getNegotiatedProtocol()))
                .map(connection -> (Processor) connection.getCurrentProcessor())
                .findFirst()
                .orElseThrow();
    }

    /** What Tomcat's handler of the connection has in that field. */
    Object kept(String field) throws Exception {
        return valueOf(connection().getUpgradeToken().httpUpgradeHandler(), field);
    }

    static Object valueOf(Object owner, String name) throws Exception {
        Field field = owner.getClass().getDeclaredField(name);
        field.setAccessible(true);
        return field.get(owner);
    }

    @Override
    public void close() {
        client.close();
    }
}
