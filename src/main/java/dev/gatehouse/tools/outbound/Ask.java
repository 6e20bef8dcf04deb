package dev.gatehouse.tools.outbound;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A request, byte for byte as it is sent: a check has to send what no HTTP client would.
 *
 * @param lines of the head, without line ends
 */
public record Ask(List<String> lines) {

    public Ask {
        lines = List.copyOf(lines);
    }

    /** An ordinary request without a body. */
    public static Ask of(String method, String target, String host, String userAgent) {
        return new Ask(
                List.of(
                        method + " " + target + " HTTP/1.1",
                        "Host: " + host,
                        "User-Agent: " + userAgent,
                        "Accept: */*",
                        "Connection: close"));
    }

    /** The same with one header more. */
    public Ask with(String header) {
        List<String> more = new ArrayList<>(lines);
        more.add(header);
        return new Ask(more);
    }

    /** As it goes over the wire, and into the evidence. */
    public String text() {
        return String.join("\r\n", lines) + "\r\n\r\n";
    }

    byte[] bytes() {
        return text().getBytes(StandardCharsets.ISO_8859_1);
    }
}
