package dev.gatehouse.tools.outbound;

import java.util.List;
import java.util.Optional;

/**
 * A response as it was received.
 *
 * @param status of three digits
 * @param statusLine the first line
 * @param head the header lines
 * @param body its beginning without chunk headers, but compressed as received: a byte a character
 */
public record RawResponse(int status, String statusLine, List<String> head, String body) {

    /** All values of that header. */
    public List<String> values(String name) {
        String prefix = name + ":";
        return head.stream()
                .filter(line -> line.regionMatches(true, 0, prefix, 0, prefix.length()))
                .map(line -> line.substring(prefix.length()).strip())
                .toList();
    }

    /** The first value of that header. */
    public Optional<String> header(String name) {
        return values(name).stream().findFirst();
    }

    /** The status line and the header lines. */
    public String headText() {
        return statusLine + "\n" + String.join("\n", head);
    }
}
