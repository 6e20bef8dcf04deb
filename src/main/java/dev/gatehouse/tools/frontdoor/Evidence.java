package dev.gatehouse.tools.frontdoor;

import dev.gatehouse.tools.outbound.Exchange;
import dev.gatehouse.tools.outbound.Handshake;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What was sent and what came back, for people to read. */
record Evidence(String sent, String received) {

    private static final int LONGEST = 4000;

    Evidence {
        sent = shortened(sent);
        received = shortened(received);
    }

    static Evidence of(Exchange exchange) {
        return new Evidence(exchange.ask().text().strip(), received(exchange));
    }

    static Evidence of(List<Exchange> exchanges) {
        return new Evidence(
                exchanges.stream()
                        .map(e -> e.ask().text().strip())
                        .collect(Collectors.joining("\n\n")),
                exchanges.stream().map(Evidence::received).collect(Collectors.joining("\n\n")));
    }

    static Evidence of(Handshake handshake) {
        String chain =
                handshake.chain().stream()
                        .map(
                                c ->
                                        "%s%n  issued by %s%n  valid %s to %s"
                                                .formatted(
                                                        c.getSubjectX500Principal(),
                                                        c.getIssuerX500Principal(),
                                                        c.getNotBefore().toInstant(),
                                                        c.getNotAfter().toInstant()))
                        .collect(Collectors.joining("\n"));
        return new Evidence(
                "a TLS handshake",
                "%s, %s%n%s".formatted(handshake.protocol(), handshake.cipherSuite(), chain));
    }

    private static String received(Exchange exchange) {
        return switch (exchange) {
            case Exchange.Answered answered -> answered.answer().headText();
            case Exchange.Failed(_, var failure, var detail) ->
                    failure.name().toLowerCase(Locale.ROOT).replace('_', ' ') + ": " + detail;
        };
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + " …";
    }
}
