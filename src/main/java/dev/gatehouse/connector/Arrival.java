package dev.gatehouse.connector;

import dev.gatehouse.connector.nio.ProxiedConnection;
import jakarta.servlet.ServletRequest;
import java.net.InetAddress;
import org.apache.catalina.connector.Request;
import org.jspecify.annotations.Nullable;

/**
 * How a request reached us, which no header can change: Tomcat's RemoteIpValve rewrites what {@code
 * isSecure()} and {@code getRemoteAddr()} say, so neither is asked.
 *
 * @param connector the connector that accepted the connection
 * @param peer the address at the other end of the socket, as {@link IpAddressFormat} writes it
 * @param proxiedClient the client that a load balancer has named by the PROXY protocol, or null; it
 *     is logged and limited by, and proves nothing
 */
public record Arrival(ConnectorName connector, String peer, @Nullable String proxiedClient) {

    private static final String ATTRIBUTE = Arrival.class.getName();

    /** The arrival of a request that came through {@link ArrivalValve}, as every request does. */
    public static Arrival of(ServletRequest request) {
        if (request.getAttribute(ATTRIBUTE) instanceof Arrival arrival) {
            return arrival;
        }
        throw new IllegalStateException("The request came in by no known connector");
    }

    /**
     * The client that a load balancer has named by the PROXY protocol, or null; also of a request
     * that could not be read, and came through no valve.
     */
    public static @Nullable String proxiedClientOf(Request request) {
        return request.getAttribute(ATTRIBUTE) instanceof Arrival arrival
                ? arrival.proxiedClient
                : namedClient(request);
    }

    static @Nullable String namedClient(Request request) {
        InetAddress client = ProxiedConnection.clientOf(request.getCoyoteRequest());
        return client == null ? null : IpAddressFormat.format(client);
    }

    /** The client: the one that a load balancer has named, or else the peer. */
    public String client() {
        return proxiedClient == null ? peer : proxiedClient;
    }

    void markOn(ServletRequest request) {
        request.setAttribute(ATTRIBUTE, this);
    }
}
