package dev.gatehouse.tls;

import dev.gatehouse.tls.engine.TlsEngine;
import org.apache.catalina.connector.Connector;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.springframework.boot.tomcat.TomcatConnectorCustomizer;

/** Puts the engine under the connector that speaks TLS, and under no other. */
record EngineCustomizer(TlsEngine engine) implements TomcatConnectorCustomizer {

    @Override
    public void customize(Connector connector) {
        if (connector.getProtocolHandler() instanceof AbstractHttp11Protocol<?> protocol
                && protocol.isSSLEnabled()) {
            protocol.setSslImplementationName(engine.implementation().getName());
            // Tomcat would answer 400, over HTTP/2 with a stream error, where a browser uses one
            // connection for two names that its certificate covers (RFC 9113, 9.1.1).
            protocol.setProperty("strictSni", "false");
        }
    }
}
