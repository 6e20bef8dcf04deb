package dev.gatehouse.connector.nio;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.apache.coyote.Request;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;

/**
 * The connections that have sent something, but no whole header of a request yet, by Tomcat's id.
 * The id is what an HTTP/1 request and a stream of HTTP/2 both know of their connection.
 */
class NewConnections {

    private final ConcurrentMap<String, ConnectionProgress> traces = new ConcurrentHashMap<>();

    void add(SocketWrapperBase<?> connection, ConnectionProgress trace) {
        traces.put(id(connection), trace);
    }

    void remove(SocketWrapperBase<?> connection) {
        traces.remove(id(connection));
    }

    /** The connection that this is the first whole request of, or null when it is a later one. */
    @Nullable ConnectionProgress delivered(Request request) {
        if (traces.isEmpty()) {
            return null;
        }
        ConnectionProgress trace = traces.remove(request.getServletConnection().getConnectionId());
        if (trace != null) {
            trace.headerDelivered();
        }
        return trace;
    }

    /** Named as Tomcat's own processors name it, since the first to ask settles the name. */
    private static String id(SocketWrapperBase<?> connection) {
        String protocol = "h2".equals(connection.getNegotiatedProtocol()) ? "h2" : "http/1.1";
        return connection.getServletConnection(protocol, "").getConnectionId();
    }
}
