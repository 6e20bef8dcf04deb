package dev.gatehouse.metrics;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Marks the requests that no file, redirect or ping has answered. */
class DynamicRequests extends HttpFilter {

    private static final long serialVersionUID = 1L;
    private static final String ATTRIBUTE = DynamicRequests.class.getName();

    static boolean isDynamic(ServletRequest request) {
        return request.getAttribute(ATTRIBUTE) != null;
    }

    @Override
    protected void doFilter(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        request.setAttribute(ATTRIBUTE, true);
        chain.doFilter(request, response);
    }
}
