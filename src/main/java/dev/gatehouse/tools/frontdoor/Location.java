package dev.gatehouse.tools.frontdoor;

import dev.gatehouse.tools.outbound.Answer;
import dev.gatehouse.tools.outbound.Exchange;
import dev.gatehouse.tools.outbound.Target;
import java.net.URI;
import java.util.Optional;

/** Where an answer sends its client. */
final class Location {

    private Location() {}

    /** The {@code Location} of a redirect, as it came. */
    static Optional<String> of(Exchange exchange) {
        return exchange instanceof Exchange.Answered answered && isRedirect(answered.answer())
                ? answered.answer().header("Location")
                : Optional.empty();
    }

    private static boolean isRedirect(Answer answer) {
        return switch (answer.status()) {
            case 301, 302, 303, 307, 308 -> true;
            default -> false;
        };
    }

    /** The same as a whole URL, seen from where it came; empty where it is none. */
    static Optional<String> absolute(Target from, String location) {
        try {
            return Optional.of(URI.create(from.url()).resolve(location).toString());
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    /** The target of a redirect, where it is one that may be visited. */
    static Optional<Target> target(Target from, Exchange exchange) {
        return of(exchange)
                .flatMap(location -> absolute(from, location))
                .map(Target::parse)
                .flatMap(
                        parsed ->
                                parsed instanceof Target.Accepted(var target)
                                        ? Optional.of(target)
                                        : Optional.empty());
    }

    /** The host of a URL, which need not be one that may be visited. */
    static String host(String url) {
        return Target.parse(url) instanceof Target.Accepted(var target)
                ? target.host()
                : url.replaceFirst("^[a-z]+://", "").split("[/:?#]", 2)[0];
    }
}
