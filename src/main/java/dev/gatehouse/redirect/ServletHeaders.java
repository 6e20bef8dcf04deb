package dev.gatehouse.redirect;

import dev.gatehouse.gateway.ForwardingValve;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The headers of a servlet request, looked up only when asked for. */
record ServletHeaders(HttpServletRequest request) implements RedirectRequest.Headers {

    private static final String FORWARDED_FOR = "X-Forwarded-For";

    @Override
    public @Nullable String first(String name) {
        return request.getHeader(name);
    }

    @Override
    public List<String> values(String name) {
        return Collections.list(request.getHeaders(name));
    }

    /** Tomcat's RemoteIpValve takes X-Forwarded-For away once it has used it up. */
    @Override
    public Collection<String> names() {
        List<String> names = new ArrayList<>(Collections.list(request.getHeaderNames()));
        if (ForwardingValve.isForwarded(request)) {
            names.add(FORWARDED_FOR);
        }
        return names;
    }
}
