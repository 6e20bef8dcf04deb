package dev.gatehouse.connector;

import dev.gatehouse.config.InvalidPropertyException;
import dev.gatehouse.connector.nio.BlockedRequests;
import dev.gatehouse.connector.nio.ConnectionRoom;
import dev.gatehouse.connector.nio.ConnectorProtocol;
import dev.gatehouse.connector.nio.ConnectorSettings;
import dev.gatehouse.connector.nio.PlainErrorValve;
import dev.gatehouse.connector.nio.VisitorAnswers;
import dev.gatehouse.task.PeriodicTasks;
import org.apache.catalina.connector.Connector;
import org.apache.coyote.AbstractProtocol;
import org.apache.coyote.ProtocolHandler;
import org.apache.tomcat.util.buf.EncodedSolidusHandling;
import org.springframework.boot.tomcat.CompressionConnectorCustomizer;
import org.springframework.boot.tomcat.TomcatProtocolHandlerCustomizer;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.util.LambdaSafe;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.core.Ordered;
import org.springframework.util.StringUtils;

/**
 * Makes HTTPS the primary connector and adds the plain one. Spring Boot applies nothing of {@code
 * server.*} to an additional connector (spring-boot#38183), so the customizers that it gathered for
 * the primary are applied here, last of all customizers, to the plain one too. TLS and HTTP/2 are
 * no customizers and stay with the primary.
 */
class TwoConnectorsCustomizer
        implements WebServerFactoryCustomizer<TomcatServletWebServerFactory>, Ordered {

    private final HttpProperties http;
    private final ConnectorProperties properties;
    private final FreshConnections freshConnections;
    private final Networks proxyPeers;
    private final Connectors connectors;
    private final PeriodicTasks tasks;
    private final BlockedRequests blocked = BlockedRequests.ofThisHeap();

    TwoConnectorsCustomizer(
            HttpProperties http,
            ConnectorProperties properties,
            FreshConnections freshConnections,
            Networks proxyPeers,
            Connectors connectors,
            PeriodicTasks tasks) {
        this.http = http;
        this.properties = properties;
        this.freshConnections = freshConnections;
        this.proxyPeers = proxyPeers;
        this.connectors = connectors;
        this.tasks = tasks;
    }

    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE;
    }

    @Override
    public void customize(TomcatServletWebServerFactory factory) {
        rejectSharedPort(factory);
        factory.setProtocol(ConnectorProtocol.class.getName());
        factory.getEngineValves().removeIf(ArrivalValve.class::isInstance);
        factory.addEngineValves(new ArrivalValve(connectors));
        factory.addContextCustomizers(context -> PlainErrorValve.installIn(context.getParent()));
        Connector plain = plainConnector(factory);
        adopt(ConnectorName.HTTP, plain);
        factory.addAdditionalConnectors(plain);
        factory.addConnectorCustomizers(primary -> adopt(ConnectorName.HTTPS, primary));
    }

    private void adopt(ConnectorName name, Connector connector) {
        ManagedConnector managed = new ManagedConnector(name, connector);
        connectors.add(managed);
        managed.protocol()
                .configure(
                        new ConnectorSettings(
                                name.tag(),
                                properties.headerTimeout(),
                                new VisitorAnswers(freshConnections.maxAge()),
                                blocked,
                                name == ConnectorName.HTTPS
                                        ? ConnectionRoom.ofThisProcess()
                                        : Integer.MAX_VALUE,
                                proxyPeers.isEmpty()
                                        ? null
                                        : peer -> proxyPeers.contains(peer.getAddress())),
                        tasks);
    }

    private void rejectSharedPort(TomcatServletWebServerFactory factory) {
        if (http.port() != 0 && http.port() == factory.getPort()) {
            throw new InvalidPropertyException(
                    "gatehouse.http.port",
                    http.port(),
                    "is the port of the HTTPS connector too",
                    "Give gatehouse.http.port and server.port different ports.");
        }
    }

    private Connector plainConnector(TomcatServletWebServerFactory factory) {
        Connector connector = new Connector(ConnectorProtocol.class.getName());
        connector.setThrowOnFailure(true);
        connector.setPort(http.port());
        // A redirect keeps an encoded slash as it came; Tomcat's default is a 400.
        connector.setEncodedSolidusHandling(EncodedSolidusHandling.PASS_THROUGH.getValue());
        connector.setURIEncoding(factory.getUriEncoding().name());
        if (connector.getProtocolHandler() instanceof AbstractProtocol<?> protocol
                && factory.getAddress() != null) {
            protocol.setAddress(factory.getAddress());
        }
        if (StringUtils.hasText(factory.getServerHeader())) {
            connector.setProperty("server", factory.getServerHeader());
        }
        applyProtocolCustomizers(factory, connector.getProtocolHandler());
        new CompressionConnectorCustomizer(factory.getCompression()).customize(connector);
        factory.getConnectorCustomizers().forEach(customizer -> customizer.customize(connector));
        return connector;
    }

    @SuppressWarnings("unchecked") // LambdaSafe skips a customizer of another protocol's type
    private static void applyProtocolCustomizers(
            TomcatServletWebServerFactory factory, ProtocolHandler protocol) {
        LambdaSafe.callbacks(
                        TomcatProtocolHandlerCustomizer.class,
                        factory.getProtocolHandlerCustomizers(),
                        protocol)
                .invoke(customizer -> customizer.customize(protocol));
    }
}
