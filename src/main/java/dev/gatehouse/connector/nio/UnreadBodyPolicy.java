package dev.gatehouse.connector.nio;

import java.io.IOException;
import java.io.InputStream;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.coyote.ActionCode;

/**
 * The body of a request that was redirected or refused. Tomcat reads all of it before it looks at
 * the connection again, and waits as long as the sender likes; 200 slow ones held every thread.
 */
public final class UnreadBodyPolicy {

    private static final int FIRST_TURNED_AWAY = 300;
    private static final int BUFFER = 8192;

    private UnreadBodyPolicy() {}

    /**
     * Reads what is here already, so that an ordinary form's sender keeps the connection and surely
     * gets the answer; where more is to come, has the connection closed after the answer.
     */
    public static void leave(Request request, Response response) {
        if (response.getStatus() < FIRST_TURNED_AWAY
                || response.isCommitted()
                || request.isAsync()
                || !isHttp1(request)) {
            return; // a stream of HTTP/2 is reset alone, and delays no other
        }
        org.apache.coyote.Request coyote = request.getCoyoteRequest();
        if (coyote.getContentLengthLong() > 0) {
            readArrived(request);
        }
        boolean chunked = coyote.getHeader("Transfer-Encoding") != null;
        if (chunked || (coyote.getContentLengthLong() > 0 && !request.isFinished())) {
            closeAfterAnswer(coyote, response);
        }
    }

    /** Stops reading the body. Tomcat treats that as an error and would set the status to 500. */
    public static void closeAfterAnswer(org.apache.coyote.Request request, Response response) {
        int status = response.getStatus();
        response.setHeader("Connection", "close");
        request.action(ActionCode.DISABLE_SWALLOW_INPUT, null);
        response.getCoyoteResponse().setStatus(status);
    }

    private static boolean isHttp1(Request request) {
        return request.getProtocol().startsWith("HTTP/1");
    }

    /** What is here of a chunked body may end within a chunk's head, and reading on would wait. */
    private static void readArrived(Request request) {
        byte[] buffer = new byte[BUFFER];
        try (InputStream body = request.getStream()) {
            int read = 0;
            while (read >= 0 && body.available() > 0) {
                read = body.read(buffer);
            }
        } catch (IOException _) {
            return; // the sender is gone: nothing more will come
        }
    }
}
