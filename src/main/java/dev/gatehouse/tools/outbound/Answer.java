package dev.gatehouse.tools.outbound;

import java.util.List;
import java.util.Optional;

/**
 * What came back.
 *
 * @param status of three digits
 * @param head the lines of the head after the status line
 * @param statusLine the first line, as it came
 * @param body its beginning without chunk headers, but compressed as it came: a byte a character
 */
public record Answer(int status, String statusLine, List<String> head, String body) {

    /** Each value of that header. */
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

    /** The head as it came, for the evidence. */
    public String headText() {
        return statusLine + "\n" + String.join("\n", head);
    }
}
