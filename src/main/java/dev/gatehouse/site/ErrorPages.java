package dev.gatehouse.site;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorViewResolver;
import org.springframework.http.HttpStatus;
import org.springframework.web.servlet.ModelAndView;

/**
 * Pages that browsers get in place of an error: the site's own {@code error/404.html} or {@code
 * 404.html}, {@code error/4xx.html} and {@code error/5xx.html}, else those of Gatehouse. A site
 * with a fallback gets that, with status 200, where a page does not exist.
 */
class ErrorPages implements ErrorViewResolver {

    private static final int HUNDRED = 100;

    private final SiteProperties properties;
    private final CurrentSite site;

    ErrorPages(SiteProperties properties, CurrentSite site) {
        this.properties = properties;
        this.site = site;
    }

    /** Where the page of a status such as {@code 404} or {@code 4xx} is in the site. */
    static String path(String status) {
        return "/error/" + status + ".html";
    }

    @Override
    public @Nullable ModelAndView resolveErrorView(
            HttpServletRequest request, HttpStatus status, Map<String, Object> model) {
        String fallback = properties.fallback();
        if (fallback != null && status == HttpStatus.NOT_FOUND && isPage(request)) {
            SiteFile file = file(fallback);
            if (file != null) {
                ModelAndView view =
                        new ModelAndView((_, req, res) -> new FileResponse(req, res, file).send());
                view.setStatus(HttpStatus.OK);
                return view;
            }
        }
        SiteFile page = file(path(String.valueOf(status.value())));
        if (page == null) {
            page = file(path(status.value() / HUNDRED + "xx"));
        }
        SiteFile found = page;
        return found == null ? null : new ModelAndView((_, _, response) -> send(found, response));
    }

    private @Nullable SiteFile file(String path) {
        return site.get().find(path) instanceof SiteFile file ? SiteFileReader.current(file) : null;
    }

    /** A page of the application, not a missing file and not the actuator. */
    private static boolean isPage(HttpServletRequest request) {
        String path = String.valueOf(request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI));
        Object method = request.getAttribute(RequestDispatcher.ERROR_METHOD);
        return ("GET".equals(method) || "HEAD".equals(method))
                && path.indexOf('.') < 0
                && !path.startsWith("/actuator");
    }

    private static void send(SiteFile page, HttpServletResponse response) throws IOException {
        Representation identity = page.identity();
        response.setContentType(page.contentType());
        response.setContentLengthLong(identity.length());
        identity.writeTo(response.getOutputStream(), 0, identity.length());
    }
}
