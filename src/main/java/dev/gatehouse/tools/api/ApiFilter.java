package dev.gatehouse.tools.api;

import dev.gatehouse.tools.job.JobTools;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.filter.OncePerRequestFilter;
import tools.jackson.databind.json.JsonMapper;

/**
 * What Spring MVC would answer in its own way below {@code /api/}: OPTIONS, with CORS for the
 * allowed origins, and errors that never reach a controller.
 */
class ApiFilter extends OncePerRequestFilter {

    private static final String HEADERS =
            "Content-Type, Prefer, Idempotency-Key, If-None-Match, Last-Event-ID";
    private static final String EXPOSED =
            "Location, Retry-After, Preference-Applied, RateLimit, RateLimit-Policy, ETag";
    private static final String PREFLIGHT_SECONDS = "3600";

    private final List<String> allowedOrigins;
    private final Supplier<JobTools> tools;
    private final Supplier<JsonMapper> json;

    ApiFilter(List<String> allowedOrigins, Supplier<JobTools> tools, Supplier<JsonMapper> json) {
        this.allowedOrigins = allowedOrigins;
        this.tools = tools;
        this.json = json;
    }

    @Override
    protected boolean shouldNotFilterErrorDispatch() {
        return false;
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (request.getDispatcherType() == DispatcherType.ERROR) {
            onError(request, response, chain);
        } else if (request.getRequestURI().startsWith(ApiPath.ROOT)) {
            boolean allowed = isOriginAllowed(request, response);
            if (request.getMethod().equals("OPTIONS")) {
                answerOptions(request, response, allowed);
            } else {
                chain.doFilter(request, response);
            }
        } else {
            chain.doFilter(request, response);
        }
    }

    private boolean isOriginAllowed(HttpServletRequest request, HttpServletResponse response) {
        if (allowedOrigins.isEmpty()) {
            return false;
        }
        response.addHeader(HttpHeaders.VARY, HttpHeaders.ORIGIN);
        @Nullable String origin = request.getHeader(HttpHeaders.ORIGIN);
        if (origin == null || !allowedOrigins.contains(origin)) {
            return false;
        }
        response.setHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        response.setHeader(HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED);
        return true;
    }

    private void answerOptions(
            HttpServletRequest request, HttpServletResponse response, boolean allowed)
            throws IOException {
        ApiPath path = ApiPath.of(request.getRequestURI(), tools.get()).orElse(null);
        if (path == null) {
            write(ApiProblem.NOT_FOUND, 404, response);
            return;
        }
        response.setHeader(HttpHeaders.ALLOW, path.allow());
        if (allowed) {
            response.setHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, path.allow());
            response.setHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, HEADERS);
            response.setHeader(HttpHeaders.ACCESS_CONTROL_MAX_AGE, PREFLIGHT_SECONDS);
        }
        response.setStatus(HttpStatus.NO_CONTENT.value());
    }

    private void onError(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        boolean ofApi =
                request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI) instanceof String uri
                        && uri.startsWith(ApiPath.ROOT);
        if (ofApi
                && request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE)
                        instanceof Integer status) {
            write(ApiProblem.ofStatus(status), status, response);
        } else {
            chain.doFilter(request, response);
        }
    }

    private void write(ApiProblem problem, int status, HttpServletResponse response)
            throws IOException {
        byte[] body =
                json.get()
                        .writeValueAsBytes(
                                problem.body(HttpStatus.valueOf(status), problem.detail()));
        response.setStatus(status);
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
