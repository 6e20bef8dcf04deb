package dev.gatehouse.redirect;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collection;
import java.util.Collections;
import java.util.List;

/** The headers of a servlet request, looked up only when asked for. */
record ServletHeaders(HttpServletRequest request) implements RedirectRequest.Headers {

    @Override
    public List<String> values(String name) {
        return Collections.list(request.getHeaders(name));
    }

    @Override
    public Collection<String> names() {
        return Collections.list(request.getHeaderNames());
    }
}
