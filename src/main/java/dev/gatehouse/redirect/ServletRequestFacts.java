package dev.gatehouse.redirect;

import dev.gatehouse.connector.Arrival;
import dev.gatehouse.gateway.ForwardingValve;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes the plain facts from a servlet request. */
final class ServletRequestFacts {

    private static final String FORWARDED_FOR = "X-Forwarded-For";

    private ServletRequestFacts() {}

    /** The facts as they were received, whatever earlier filters changed. */
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

    /** Spring's ForwardedHeaderFilter wraps the request to apply what the headers claim. */
    private static HttpServletRequest unwrapped(HttpServletRequest request) {
        HttpServletRequest inner = request;
        while (inner instanceof ServletRequestWrapper wrapper
                && wrapper.getRequest() instanceof HttpServletRequest wrapped) {
            inner = wrapped;
        }
        return inner;
    }

    private record ServletHeaders(HttpServletRequest request) implements RedirectRequest.Headers {

        @Override
        public @Nullable String first(String name) {
            return request.getHeader(name);
        }

        @Override
        public List<String> values(String name) {
            return Collections.list(request.getHeaders(name));
        }

        /**
         * Tomcat's RemoteIpValve removes X-Forwarded-For once it has applied it; a load balancer
         * that names its client by the PROXY protocol says the same without a header.
         */
        @Override
        public Collection<String> names() {
            List<String> names = new ArrayList<>(Collections.list(request.getHeaderNames()));
            if (ForwardingValve.isForwarded(request)
                    || Arrival.of(request).proxiedClient() != null) {
                names.add(FORWARDED_FOR);
            }
            return names;
        }
    }
}
