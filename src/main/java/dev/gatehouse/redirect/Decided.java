package dev.gatehouse.redirect;

import jakarta.servlet.ServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * What was decided about a request, which goes along with it for those that come after: the access
 * log, say. Both words come from closed lists and hold nothing that a stranger sent.
 *
 * @param outcome {@code served}, {@code redirected} or {@code refused}
 * @param reason why, such as {@code https-required} or {@code unknown-host}
 */
public record Decided(String outcome, String reason) {

    private static final String ATTRIBUTE = Decided.class.getName();

    /**
     * The decision about a request, or null where none was made: Tomcat answers a malformed request
     * by itself, and a connection may end without any.
     */
    public static @Nullable Decided of(ServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof Decided decided ? decided : null;
    }

    void markOn(ServletRequest request) {
        request.setAttribute(ATTRIBUTE, this);
    }
}
