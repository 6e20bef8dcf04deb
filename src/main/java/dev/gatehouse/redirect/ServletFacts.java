package dev.gatehouse.redirect;

import dev.gatehouse.connector.Arrival;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.http.HttpServletRequest;

/** Takes the plain facts from a servlet request. */
final class ServletFacts {

    private ServletFacts() {}

    /** The facts as they came in, whatever a filter before us made of them. */
    static RedirectRequest of(HttpServletRequest given) {
        HttpServletRequest request = unwrapped(given);
        Arrival arrival = Arrival.of(request);
        return new RedirectRequest(
                arrival.connector(),
                arrival.peer(),
                request.getMethod(),
                request.getHeader("Host"),
                request.getRequestURI(),
                request.getQueryString(),
                new ServletHeaders(request));
    }

    /** Spring's ForwardedHeaderFilter wraps a request to say what the headers claim. */
    static HttpServletRequest unwrapped(HttpServletRequest request) {
        HttpServletRequest inner = request;
        while (inner instanceof ServletRequestWrapper wrapper
                && wrapper.getRequest() instanceof HttpServletRequest wrapped) {
            inner = wrapped;
        }
        return inner;
    }
}
