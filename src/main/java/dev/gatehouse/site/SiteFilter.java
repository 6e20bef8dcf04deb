package dev.gatehouse.site;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Serves the site's files before the security and MVC chains, which no file needs; every other
 * request goes on to those chains.
 */
class SiteFilter extends HttpFilter {

    private static final long serialVersionUID = 1L;
    private static final String ALLOWED = "GET, HEAD, OPTIONS";

    private final transient CurrentSite site;
    private final transient PageHeaders headers;

    SiteFilter(CurrentSite site, PageHeaders headers) {
        this.site = site;
        this.headers = headers;
    }

    @Override
    protected void doFilter(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        SiteEntry entry = site.get().find(request.getRequestURI());
        if (entry instanceof SiteFile file) {
            entry = SiteFileReader.current(file);
        }
        if (entry == null) {
            chain.doFilter(request, response);
            return;
        }
        headers.apply(response);
        switch (request.getMethod()) {
            case "GET", "HEAD" -> answer(request, response, entry);
            case "OPTIONS" -> response.setHeader("Allow", ALLOWED);
            default -> {
                response.setHeader("Allow", ALLOWED);
                response.setStatus(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
            }
        }
    }

    private static void answer(
            HttpServletRequest request, HttpServletResponse response, SiteEntry entry)
            throws IOException {
        switch (entry) {
            case SiteFile file -> new FileResponse(request, response, file).send();
            case SiteEntry.Redirect redirect -> {
                response.setStatus(redirect.status());
                response.setHeader(
                        "Location", withQuery(redirect.location(), request.getQueryString()));
            }
        }
    }

    private static String withQuery(String location, @Nullable String query) {
        return query == null || location.indexOf('?') >= 0 ? location : location + "?" + query;
    }
}
