package dev.gatehouse.tools.outbound;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Reads the final response to one request (RFC 9112), each byte once. The head is bounded, interim
 * responses included; of a body no more than its beginning is read.
 */
final class ResponseReader {

    private static final int LARGEST_HEAD = 64 * 1024;
    private static final int LARGEST_BODY = 256 * 1024;

    private final InputStream in;
    private final boolean bodyExpected;
    private int headLeft = LARGEST_HEAD;

    ResponseReader(InputStream in, RawRequest request) {
        this.in = new BufferedInputStream(in);
        this.bodyExpected = !request.lines().getFirst().startsWith("HEAD ");
    }

    /**
     * The final response.
     *
     * @throws ProtocolException if what comes is not HTTP/1
     * @throws ResourceBudget.SpentException if its head is too large
     * @throws EOFException if the connection is closed before the end of the head
     */
    RawResponse read() throws IOException {
        RawResponse response = head();
        while (response.status() / 100 == 1 && response.status() != 101) { // RFC 9110, 15.2
            response = head();
        }
        return new RawResponse(
                response.status(), response.statusLine(), response.head(), body(response));
    }

    private RawResponse head() throws IOException {
        String statusLine = line();
        if (!isStatusLine(statusLine)) {
            throw new ProtocolException("a response that is not HTTP/1");
        }
        List<StringBuilder> lines = new ArrayList<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            boolean folded = line.startsWith(" ") || line.startsWith("\t"); // RFC 9112, 5.2
            if (folded && !lines.isEmpty()) {
                lines.getLast().append(' ').append(line.strip());
            } else {
                lines.add(new StringBuilder(line));
            }
        }
        return new RawResponse(
                Integer.parseInt(statusLine.substring(9, 12)),
                statusLine,
                lines.stream().map(StringBuilder::toString).toList(),
                "");
    }

    private static boolean isStatusLine(String line) {
        return line.matches("(?s)HTTP/1\\.[01] [1-5][0-9]{2}(?: .*)?");
    }

    /** A line without its end, which is CRLF, or LF alone (RFC 9112, 2.2). */
    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(80);
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException(
                        headLeft == LARGEST_HEAD
                                ? "closed without a response"
                                : "closed within the head of a response");
            }
            if (--headLeft <= 0) {
                throw new ResourceBudget.SpentException(
                        "a head of more than %d bytes".formatted(LARGEST_HEAD));
            }
            line.write(next);
        }
        String text = line.toString(StandardCharsets.ISO_8859_1);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }

    /** A connection that breaks within the body has still given its response. */
    private String body(RawResponse head) {
        if (!bodyExpected || head.status() == 204 || head.status() == 304) {
            return "";
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        try {
            if (isChunked(head)) {
                copyChunks(body);
            } else {
                copy(length(head), body);
            }
        } catch (IOException _) {
            // what came until then is the body
        }
        return body.toString(StandardCharsets.ISO_8859_1);
    }

    private static boolean isChunked(RawResponse head) {
        return String.join(",", head.values("Transfer-Encoding"))
                .toLowerCase(Locale.ROOT)
                .endsWith("chunked");
    }

    /** The given length, or until the connection is closed. */
    private static int length(RawResponse head) {
        return head.header("Content-Length")
                .filter(length -> length.matches("[0-9]{1,9}"))
                .map(Integer::parseInt)
                .orElse(LARGEST_BODY);
    }

    private void copy(int length, ByteArrayOutputStream body) throws IOException {
        byte[] buffer = new byte[8192];
        int left = Math.min(length, LARGEST_BODY - body.size());
        while (left > 0) {
            int count = in.read(buffer, 0, Math.min(left, buffer.length));
            if (count < 0) {
                throw new EOFException();
            }
            body.write(buffer, 0, count);
            left -= count;
        }
    }

    /** RFC 9112, 7.1. */
    private void copyChunks(ByteArrayOutputStream body) throws IOException {
        headLeft = LARGEST_HEAD;
        while (body.size() < LARGEST_BODY) {
            int length = chunkLength(line().split(";", 2)[0].strip());
            if (length == 0) {
                return;
            }
            copy(length, body);
            if (body.size() < LARGEST_BODY && !line().isEmpty()) {
                throw new ProtocolException("a chunk without its end");
            }
        }
    }

    private static int chunkLength(String hex) throws ProtocolException {
        if (!hex.matches("[0-9A-Fa-f]{1,7}")) {
            throw new ProtocolException("no length of a chunk");
        }
        return Integer.parseInt(hex, 16);
    }
}
