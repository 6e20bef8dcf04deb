package dev.gatehouse.connector;

import org.apache.coyote.Request;
import org.apache.tomcat.util.buf.ByteChunk;
import org.apache.tomcat.util.buf.MessageBytes;

/**
 * A body whose length is given twice, by Content-Length and by Transfer-Encoding: the beginning of
 * a smuggled request (RFC 9112, 6.1). Tomcat takes the length out of the headers before anybody
 * sees the request, so the bytes of the header are asked, where Tomcat leaves them.
 */
final class AmbiguousLength {

    private static final String CHUNKED = "transfer-encoding";
    private static final String LENGTH = "content-length:";

    private AmbiguousLength() {}

    static boolean isIn(Request request) {
        MessageBytes encoding = request.getMimeHeaders().getValue(CHUNKED);
        if (encoding == null) {
            return false;
        }
        ByteChunk value = encoding.getByteChunk();
        byte[] header = value.getBytes(); // begins with the request, which ends with a blank line
        return header != null && hasLength(header, value.getEnd());
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
