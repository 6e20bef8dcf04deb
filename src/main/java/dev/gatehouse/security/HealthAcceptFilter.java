package dev.gatehouse.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.ApiVersion;
import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Lets health be asked for with any Accept header: one that names no JSON, or that cannot be read,
 * counts as absent. A load balancer or a browser needs the status, not a 406.
 */
class HealthAcceptFilter extends OncePerRequestFilter {

    private static final List<MediaType> PRODUCED =
            List.of(
                    MediaType.APPLICATION_JSON,
                    new MediaType(ApiVersion.V3.getProducedMimeType()),
                    new MediaType(ApiVersion.V2.getProducedMimeType()));

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        chain.doFilter(isAcceptable(request) ? request : new WithoutAccept(request), response);
    }

    private static boolean isAcceptable(HttpServletRequest request) {
        try {
            List<String> accept = Collections.list(request.getHeaders(HttpHeaders.ACCEPT));
            return MediaType.parseMediaTypes(accept).stream()
                    .filter(type -> type.getQualityValue() > 0)
                    .anyMatch(type -> PRODUCED.stream().anyMatch(type::isCompatibleWith));
        } catch (InvalidMediaTypeException _) {
            return false;
        }
    }

    private static class WithoutAccept extends HttpServletRequestWrapper {

        WithoutAccept(HttpServletRequest request) {
            super(request);
        }

        @Override
        public @Nullable String getHeader(String name) {
            return name.equalsIgnoreCase(HttpHeaders.ACCEPT) ? null : super.getHeader(name);
        }

        @Override
        public Enumeration<String> getHeaders(String name) {
            return name.equalsIgnoreCase(HttpHeaders.ACCEPT)
                    ? Collections.emptyEnumeration()
                    : super.getHeaders(name);
        }
    }
}
