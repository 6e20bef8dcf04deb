package dev.gatehouse.site;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.web.context.request.ServletWebRequest;

/**
 * Conditional requests (RFC 9110, 13): sets the validators, and answers where a condition does not
 * hold. Most requests have no condition, or the very ETag that we have; Spring knows the rest.
 */
final class Conditions {

    private static final String ANY = "*";

    private Conditions() {}

    /** Whether the request was answered: not modified, or a precondition failed. */
    static boolean answer(
            HttpServletRequest request,
            HttpServletResponse response,
            Content content,
            Modified modified) {
        if (isOfAnother(request.getHeader("If-Match"), content.etag())) {
            response.setStatus(HttpServletResponse.SC_PRECONDITION_FAILED);
            return true;
        }
        String known = request.getHeader("If-None-Match");
        boolean isKnown = known != null && (known.equals(content.etag()) || known.equals(ANY));
        if ((known != null && !isKnown) || hasDate(request, known)) {
            return new ServletWebRequest(request, response)
                    .checkNotModified(content.etag(), modified.millis());
        }
        response.setHeader("ETag", content.etag());
        response.setHeader("Last-Modified", modified.header());
        if (isKnown) {
            response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
        }
        return isKnown;
    }

    /** Whether the file is none of those that are asked for; Spring looks at that for PUT alone. */
    private static boolean isOfAnother(@Nullable String wanted, String etag) {
        return wanted != null && !wanted.equals(ANY) && !wanted.contains(etag);
    }

    /** {@code If-Modified-Since} means nothing beside an ETag (RFC 9110, 13.1.3). */
    private static boolean hasDate(HttpServletRequest request, @Nullable String known) {
        return request.getHeader("If-Unmodified-Since") != null
                || (known == null && request.getHeader("If-Modified-Since") != null);
    }
}
