package dev.gatehouse.connector.nio;

import jakarta.servlet.RequestDispatcher;
import java.io.IOException;
import org.apache.coyote.Request;
import org.apache.coyote.Response;
import org.apache.tomcat.util.net.SocketEvent;

/**
 * The status of an answer as it was sent. Tomcat sets that of an asynchronous request whose client
 * has disconnected to 500, after the head has been sent or will never be: each closed event stream
 * would count as an error of the server.
 */
public final class SentStatus {

    /** The client closed the connection before an answer, as nginx logs it. */
    static final int CLIENT_CLOSED_REQUEST = 499;

    private static final String ATTRIBUTE = SentStatus.class.getName();

    private SentStatus() {}

    /** Keeps the status before a dispatch that may overwrite it. */
    static void keep(Request request, Response response, SocketEvent event) {
        if (response.isCommitted()) {
            request.setAttribute(ATTRIBUTE, response.getStatus());
        } else if (event == SocketEvent.ERROR || isConnectionLost(request)) {
            request.setAttribute(ATTRIBUTE, CLIENT_CLOSED_REQUEST);
        }
    }

    /** Tomcat's own record, also of a client that left before the request became asynchronous. */
    private static boolean isConnectionLost(Request request) {
        return request.getAttribute(RequestDispatcher.ERROR_EXCEPTION) instanceof IOException;
    }

    /** The status for the access log and the metrics. */
    public static int of(
            org.apache.catalina.connector.Request request,
            org.apache.catalina.connector.Response response) {
        return request.getCoyoteRequest().getAttribute(ATTRIBUTE) instanceof Integer sent
                ? sent
                : response.getStatus();
    }
}
