package dev.gatehouse.redirect;

import jakarta.servlet.ServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * The decision about a request, as an attribute of it, for the access log. Both words come from
 * closed lists and hold nothing that a client sent.
 *
 * @param outcome {@code served}, {@code redirected} or {@code refused}, or {@code would-...}
 * @param reason such as {@code https-required} or {@code unknown-host}
 */
public record RecordedDecision(String outcome, String reason) {

    private static final String ATTRIBUTE = RecordedDecision.class.getName();

    /**
     * The decision about a request, or null where none was made: Tomcat answers a malformed request
     * by itself, and a connection may end without any.
     */
    public static @Nullable RecordedDecision of(ServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof RecordedDecision recorded
                ? recorded
                : null;
    }

    /** Whether the request went on, also where another mode would have stopped it. */
    public boolean isServed() {
        return !outcome.equals("redirected") && !outcome.equals("refused");
    }

    void markOn(ServletRequest request) {
        request.setAttribute(ATTRIBUTE, this);
    }
}
