package dev.gatehouse.redirect;

import dev.gatehouse.testing.RawHttp;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Sends raw requests over one socket, and a new one once the server has closed it. */
final class KeepAliveClient implements Closeable {

    private final int port;
    private @Nullable Socket socket;
    private @Nullable InputStream in;

    KeepAliveClient(int port) {
        this.port = port;
    }

    /** The head of an answer, as far as the invariants go. */
    record Answer(int status, @Nullable String location) {}

    Answer send(String method, String request) throws IOException {
        Socket current = socket;
        InputStream input = in;
        if (current == null || input == null) {
            current = RawHttp.connect(port);
            input = new BufferedInputStream(current.getInputStream());
            socket = current;
            in = input;
        }
        current.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
        List<String> head = head(input);
        int status = Integer.parseInt(head.getFirst().split(" ", 3)[1]);
        skipBody(input, head, method.equals("HEAD") || status == 304 || status == 204);
        if ("close".equals(value(head, "connection"))) {
            close();
        }
        return new Answer(status, value(head, "location"));
    }

    private static List<String> head(InputStream in) throws IOException {
        List<String> lines = new ArrayList<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            lines.add(line);
        }
        return lines;
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new IOException("Closed in the middle of a line: " + line);
            }
            line.append((char) c);
        }
        return line.toString().strip();
    }

    private static void skipBody(InputStream in, List<String> head, boolean isNone)
            throws IOException {
        String length = value(head, "content-length");
        if (isNone) {
            return;
        }
        if (length != null) {
            in.skipNBytes(Long.parseLong(length));
        } else if ("chunked".equals(value(head, "transfer-encoding"))) {
            for (int size = chunk(in); size > 0; size = chunk(in)) {
                in.skipNBytes(size + 2L);
            }
            line(in);
        }
    }

    private static int chunk(InputStream in) throws IOException {
        return Integer.parseInt(line(in), 16);
    }

    /** The header's one value; two Locations are a failure of their own. */
    private static @Nullable String value(List<String> head, String name) {
        List<String> values =
                head.stream()
                        .filter(l -> l.toLowerCase(Locale.ROOT).startsWith(name + ":"))
                        .map(l -> l.substring(name.length() + 1).strip())
                        .toList();
        if (values.size() > 1) {
            throw new AssertionError("More than one " + name + ": " + head);
        }
        return values.isEmpty() ? null : values.getFirst();
    }

    @Override
    public void close() throws IOException {
        if (socket != null) {
            socket.close();
        }
        socket = null;
        in = null;
    }
}
