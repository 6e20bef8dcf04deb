package dev.gatehouse.connector.nio;

import jakarta.servlet.ServletConnection;
import java.net.InetAddress;
import org.apache.coyote.Request;
import org.jspecify.annotations.Nullable;

/**
 * A connection of a load balancer that has named its client by the PROXY protocol.
 *
 * @param connection as Tomcat has it
 * @param client the client's address
 */
public record ProxiedConnection(ServletConnection connection, InetAddress client)
        implements ServletConnection {

    private static final String ATTRIBUTE = ProxiedConnection.class.getName();

    /** The client that the load balancer named for the request's connection, or null. */
    public static @Nullable InetAddress clientOf(Request request) {
        if (request.getAttribute(ATTRIBUTE) instanceof InetAddress client) {
            return client;
        }
        return request.getServletConnection() instanceof ProxiedConnection proxied
                ? proxied.client
                : null;
    }

    /** Names the client of a request that no processor of Tomcat's serves. */
    static void mark(Request request, InetAddress client) {
        request.setAttribute(ATTRIBUTE, client);
    }

    @Override
    public String getConnectionId() {
        return connection.getConnectionId();
    }

    @Override
    public String getProtocol() {
        return connection.getProtocol();
    }

    @Override
    public String getProtocolConnectionId() {
        return connection.getProtocolConnectionId();
    }

    @Override
    public boolean isSecure() {
        return connection.isSecure();
    }
}
