package dev.gatehouse.tools.outbound;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What came back.
 *
 * @param status of three digits
 * @param head the lines of the head after the status line
 * @param statusLine the first line, as it came
 * @param body its beginning, undecoded
 */
public record Answer(int status, String statusLine, List<String> head, String body) {

    private static final String HEAD_END = "\r\n\r\n";

    /** The answer in these bytes, or empty where they are not HTTP/1. */
    static Optional<Answer> parse(String bytes) {
        int end = bytes.indexOf(HEAD_END);
        if (end < 0 || !bytes.matches("(?s)HTTP/1\\.[01] [1-5][0-9]{2}[ \\r].*")) {
            return Optional.empty();
        }
        List<String> lines = List.of(bytes.substring(0, end).split("\r\n", -1));
        return Optional.of(
                new Answer(
                        Integer.parseInt(lines.getFirst().substring(9, 12)),
                        lines.getFirst(),
                        lines.subList(1, lines.size()),
                        bytes.substring(end + HEAD_END.length())));
    }

    /** Each value of that header. */
    public List<String> values(String name) {
        String prefix = name.toLowerCase(Locale.ROOT) + ":";
        return head.stream()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(prefix))
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

    boolean isWhole() {
        if (status == 204 || status == 304) {
            return true;
        }
        return header("Content-Length")
                .filter(length -> length.matches("[0-9]{1,9}"))
                .map(length -> body.length() >= Integer.parseInt(length))
                .orElseGet(() -> body.endsWith("0\r\n\r\n"));
    }
}
