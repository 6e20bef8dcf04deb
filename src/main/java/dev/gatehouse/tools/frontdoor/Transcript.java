package dev.gatehouse.tools.frontdoor;

import dev.gatehouse.tools.outbound.HttpExchange;
import dev.gatehouse.tools.outbound.TlsHandshake;
import java.util.List;
import java.util.stream.Collectors;

/** What was sent and what was received, shortened, for a finding. */
record Transcript(String sent, String received) {

    private static final int LONGEST = 2000;

    Transcript {
        sent = shortened(sent);
        received = shortened(received);
    }

    static Transcript of(HttpExchange exchange) {
        return of(List.of(exchange));
    }

    static Transcript of(List<HttpExchange> exchanges) {
        return new Transcript(
                exchanges.stream()
                        .map(e -> e.request().text().strip())
                        .collect(Collectors.joining("\n\n")),
                exchanges.stream().map(Transcript::received).collect(Collectors.joining("\n\n")));
    }

    static Transcript of(TlsHandshake handshake) {
        String chain =
                handshake.chain().stream()
                        .map(
                                c ->
                                        "%s\n  issued by %s\n  valid %s to %s"
                                                .formatted(
                                                        c.getSubjectX500Principal(),
                                                        c.getIssuerX500Principal(),
                                                        c.getNotBefore().toInstant(),
                                                        c.getNotAfter().toInstant()))
                        .collect(Collectors.joining("\n"));
        return new Transcript(
                "a TLS handshake",
                "%s, %s\n%s".formatted(handshake.protocol(), handshake.cipherSuite(), chain));
    }

    private static String received(HttpExchange exchange) {
        return switch (exchange) {
            case HttpExchange.Answered answered -> answered.response().headText();
            case HttpExchange.Failed failed -> failed.describe();
        };
    }

    /** The mark is ASCII, so that the text stays a byte a character. */
    private static String shortened(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + " [...]";
    }
}
