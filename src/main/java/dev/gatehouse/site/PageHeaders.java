package dev.gatehouse.site;

import jakarta.servlet.http.HttpServletResponse;
import java.util.List;

/** The security headers of every page and file. */
public class PageHeaders {

    private static final String STRICT_POLICY =
            "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    private final List<Header> headers;

    PageHeaders(SiteProperties properties) {
        Header nosniff = new Header("X-Content-Type-Options", "nosniff");
        Header referrer = new Header("Referrer-Policy", "strict-origin-when-cross-origin");
        Header frames = new Header("X-Frame-Options", "SAMEORIGIN");
        String policy = policy(properties);
        this.headers =
                policy.isEmpty()
                        ? List.of(nosniff, referrer, frames)
                        : List.of(
                                nosniff,
                                referrer,
                                frames,
                                new Header("Content-Security-Policy", policy));
    }

    private static String policy(SiteProperties properties) {
        if (properties.contentSecurityPolicy() != null) {
            return properties.contentSecurityPolicy();
        }
        return properties.folder() == null ? STRICT_POLICY : "";
    }

    /** Sets all of them. */
    public void apply(HttpServletResponse response) {
        for (Header header : headers) {
            response.setHeader(header.name, header.value);
        }
    }

    /** Sets those that are not set yet: a page may have a stricter policy of its own. */
    public void applyMissing(HttpServletResponse response) {
        for (Header header : headers) {
            if (!response.containsHeader(header.name)) {
                response.setHeader(header.name, header.value);
            }
        }
    }

    private record Header(String name, String value) {}
}
