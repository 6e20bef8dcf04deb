package dev.gatehouse.tools.outbound;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A request as it is sent, byte for byte: a check sends what an HTTP client would not.
 *
 * @param lines of the head, without line ends
 */
public record RawRequest(List<String> lines) {

    public RawRequest {
        lines = List.copyOf(lines);
    }

    /** An ordinary request without a body. */
    public static RawRequest of(String method, String target, String host, String userAgent) {
        return new RawRequest(
                List.of(
                        method + " " + target + " HTTP/1.1",
                        "Host: " + host,
                        "User-Agent: " + userAgent,
                        "Accept: */*",
                        "Connection: close"));
    }

    /** The same request with another header. */
    public RawRequest with(String header) {
        List<String> more = new ArrayList<>(lines);
        more.add(header);
        return new RawRequest(more);
    }

    /** The request as it is sent. */
    public String text() {
        return String.join("\r\n", lines) + "\r\n\r\n";
    }

    byte[] bytes() {
        return text().getBytes(StandardCharsets.ISO_8859_1);
    }
}
