package dev.gatehouse.connector.nio;

import java.nio.ByteBuffer;
import org.apache.coyote.Adapter;
import org.apache.coyote.Request;
import org.apache.coyote.Response;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;

/**
 * Requests that HTTP/2 refuses before the application sees them. Tomcat resets the stream, or
 * closes the connection, without an event; the frame that says so gets a line in the access log
 * here.
 */
final class RefusedRequests {

    private static final int HEAD = 9;
    private static final int TYPE = 3;
    private static final int RST_STREAM = 3;
    private static final int GOAWAY = 7;
    private static final int LAST_STREAM = 4;
    private static final int PROTOCOL_ERROR = 1;
    private static final int STREAM_CLOSED = 5;
    private static final int CANCEL = 8;
    private static final int BAD_REQUEST = 400;

    private volatile @Nullable Adapter adapter;

    /** Logs by that adapter from now on. */
    void logTo(Adapter accessLog) {
        adapter = accessLog;
    }

    /** Looks at a frame that is about to be sent. */
    void sending(ByteBuffer frame, SocketWrapperBase<?> connection) {
        Adapter accessLog = adapter;
        if (accessLog != null && isRefusal(frame)) {
            Request request = new Request();
            Response response = new Response();
            request.setResponse(response);
            request.peerAddr().setString(connection.getRemoteAddr());
            if (connection instanceof ActiveConnection served && served.client() != null) {
                ProxiedConnection.mark(request, served.client());
            }
            request.protocol().setString("HTTP/2.0");
            response.setStatus(BAD_REQUEST);
            accessLog.log(request, response, 0);
        }
    }

    /** A reset because of an error in the request, or the end of a connection because of one. */
    static boolean isRefusal(ByteBuffer frame) {
        int start = frame.position();
        if (frame.remaining() < HEAD + 4) {
            return false;
        }
        return switch (frame.get(start + TYPE)) {
            case RST_STREAM -> frame.remaining() == HEAD + 4 && isError(frame, start + HEAD);
            case GOAWAY ->
                    frame.remaining() >= HEAD + LAST_STREAM + 4
                            && isLength(frame, start)
                            && isError(frame, start + HEAD + LAST_STREAM);
            default -> false;
        };
    }

    private static boolean isLength(ByteBuffer frame, int start) {
        int length = (frame.get(start) & 0xff) << 16 | (frame.getShort(start + 1) & 0xffff);
        return frame.remaining() == HEAD + length;
    }

    /** Not the codes of a stream that was served, or that the client or a shutdown ended. */
    private static boolean isError(ByteBuffer frame, int index) {
        int code = frame.getInt(index);
        return code >= PROTOCOL_ERROR && code != STREAM_CLOSED && code != CANCEL;
    }
}
