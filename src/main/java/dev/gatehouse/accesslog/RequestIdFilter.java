package dev.gatehouse.accesslog;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slf4j.MDC;

/**
 * Puts the request's id into the application's log lines. Redirects, files and pings, which come
 * before it, log nothing. {@link RequestIdValve} takes it away: what the application throws is
 * logged after the filters.
 */
final class RequestIdFilter extends HttpFilter {

    private static final long serialVersionUID = 1L;

    /** As the access log has it. */
    static final String KEY = "http.request.id";

    @Override
    protected void doFilter(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        RequestId id = RequestId.of(request);
        if (id != null) {
            MDC.put(KEY, id.toString());
        }
        chain.doFilter(request, response);
    }
}
