package dev.gatehouse.redirect;

import dev.gatehouse.testing.RawHttp;
import java.util.stream.Stream;

/**
 * Something that any client may send.
 *
 * @param shown as the documentation shows it
 * @param raw the bytes, as ISO 8859-1
 * @param answer what is answered, as {@link #textOf} says it
 */
record BadInput(String shown, String raw, String answer) {

    /** A GET of the site's own name, but for its target. */
    static BadInput target(String target, String answer) {
        return new BadInput(
                "`GET " + target + "`",
                RawHttp.request("GET " + target + " HTTP/1.1", "Host: www.example.com"),
                answer);
    }

    /** A GET of /a with these headers instead of the site's Host. */
    static BadInput headers(String shown, String answer, String... headers) {
        return lines(shown, answer, "GET /a HTTP/1.1", headers);
    }

    static BadInput lines(String shown, String answer, String requestLine, String... headers) {
        String[] lines =
                Stream.concat(Stream.of(requestLine), Stream.of(headers)).toArray(String[]::new);
        return new BadInput(shown, RawHttp.request(lines), answer);
    }

    /** Status, Location and whether the connection is closed, in one line. */
    static String textOf(RawHttp.Response response) {
        if (response.status() == 0) {
            return "closed";
        }
        String location = response.header("Location").map(l -> " `" + l + "`").orElse("");
        boolean isClosed = response.header("Connection").filter("close"::equals).isPresent();
        return response.status() + location + (isClosed ? ", closed" : "");
    }

    String row() {
        return "| " + shown.replace("|", "\\|") + " | " + answer + " |";
    }

    @Override
    public String toString() {
        return shown;
    }
}
