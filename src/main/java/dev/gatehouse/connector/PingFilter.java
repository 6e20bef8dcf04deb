package dev.gatehouse.connector;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Answers {@code /ping} on both connectors, ahead of the site, security and MVC. */
public class PingFilter extends HttpFilter {

    /** The exact path: variants with a path parameter, encoding or trailing slash do not match. */
    public static final String PATH = "/ping";

    private static final long serialVersionUID = 1L;
    private static final byte[] PONG = "pong".getBytes(StandardCharsets.US_ASCII);

    @Override
    protected void doFilter(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (!PATH.equals(request.getRequestURI())) {
            chain.doFilter(request, response);
            return;
        }
        response.setHeader("Cache-Control", "no-store");
        switch (request.getMethod()) {
            case "GET", "HEAD" -> pong(request, response);
            default -> {
                response.setHeader("Allow", "GET, HEAD");
                response.setStatus(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
            }
        }
    }

    private static void pong(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        response.setContentType("text/plain;charset=UTF-8");
        response.setContentLength(PONG.length);
        if (request.getMethod().equals("GET")) {
            response.getOutputStream().write(PONG);
        }
    }
}
