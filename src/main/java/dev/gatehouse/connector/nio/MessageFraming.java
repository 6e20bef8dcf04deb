package dev.gatehouse.connector.nio;

import org.apache.coyote.Request;
import org.apache.tomcat.util.buf.ByteChunk;
import org.apache.tomcat.util.buf.MessageBytes;

/**
 * Messages of HTTP/1 that recipients may read in different ways, the beginning of a smuggled
 * request (RFC 9112, 11.2), and that Tomcat reads all the same: a length given twice, by
 * Content-Length and by Transfer-Encoding (6.1); a Transfer-Encoding that is anything but {@code
 * chunked}; a request line whose parts are not separated by one space each (3). Tomcat takes the
 * length out of the headers before anybody sees the request, so the bytes that it leaves in its
 * buffer are looked at.
 */
public final class MessageFraming {

    private static final String CHUNKED = "chunked";
    private static final String TRANSFER_ENCODING = "transfer-encoding";
    private static final String LENGTH = "content-length:";

    private MessageFraming() {}

    /** Whether the framing of the request is to be refused with 400. */
    public static boolean isAmbiguous(Request request) {
        return hasOddRequestLine(request) || hasOddTransferEncoding(request);
    }

    private static boolean hasOddRequestLine(Request request) {
        MessageBytes path = request.requestURI();
        if (path.getType() != MessageBytes.T_BYTES
                || !request.protocol().startsWithIgnoreCase("HTTP/1.", 0)) {
            return false; // HTTP/2, or refused already
        }
        byte[] line = path.getByteChunk().getBuffer();
        int start = path.getByteChunk().getStart(); // of an absolute URI, the path alone
        while (start > 0 && line[start - 1] > ' ') {
            start--;
        }
        int end = path.getByteChunk().getEnd();
        while (end < line.length && line[end] > ' ') {
            end++;
        }
        return !isOneSpace(line, start - 1) || !isOneSpace(line, end);
    }

    private static boolean isOneSpace(byte[] line, int index) {
        return index > 0
                && index + 1 < line.length
                && line[index - 1] > ' '
                && line[index] == ' '
                && line[index + 1] > ' ';
    }

    private static boolean hasOddTransferEncoding(Request request) {
        MessageBytes encoding = request.getMimeHeaders().getValue(TRANSFER_ENCODING);
        if (encoding == null) {
            return false;
        }
        ByteChunk value = encoding.getByteChunk();
        byte[] header = value.getBytes(); // begins with the request, which ends with a blank line
        return !encoding.equalsIgnoreCase(CHUNKED)
                || (header != null && hasLength(header, value.getEnd()));
    }

    /**
     * @param known where a line ends that surely belongs to the header
     */
    private static boolean hasLength(byte[] header, int known) {
        int line = 0;
        while (line < header.length && (line < known || !isLineEnd(header[line]))) {
            if (startsWith(header, line, LENGTH)) {
                return true;
            }
            line = nextLine(header, line);
        }
        return false;
    }

    private static boolean isLineEnd(byte c) {
        return c == '\r' || c == '\n';
    }

    private static boolean startsWith(byte[] header, int from, String name) {
        if (header.length - from < name.length()) {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            if (Character.toLowerCase(header[from + i]) != name.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static int nextLine(byte[] header, int from) {
        int next = from;
        while (next < header.length && header[next] != '\n') {
            next++;
        }
        return next + 1;
    }
}
