package dev.gatehouse.connector;

import jakarta.servlet.ServletRequest;

/**
 * How a request reached us, which no header can change: Tomcat's RemoteIpValve rewrites what {@code
 * isSecure()} and {@code getRemoteAddr()} say, so neither is asked.
 *
 * @param connector the connector that accepted the connection
 * @param peer the address at the other end of the socket, as {@link IpAddressFormat} writes it
 */
public record Arrival(ConnectorName connector, String peer) {

    private static final String ATTRIBUTE = Arrival.class.getName();

    /** The arrival of a request that came through {@link ArrivalValve}, as every request does. */
    public static Arrival of(ServletRequest request) {
        if (request.getAttribute(ATTRIBUTE) instanceof Arrival arrival) {
            return arrival;
        }
        throw new IllegalStateException("The request came in by no connector of ours");
    }

    void markOn(ServletRequest request) {
        request.setAttribute(ATTRIBUTE, this);
    }
}
