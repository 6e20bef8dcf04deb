package dev.gatehouse.metrics;

import dev.gatehouse.connector.PingFilter;
import dev.gatehouse.redirect.RecordedDecision;
import java.util.Locale;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.tomcat.util.buf.MessageBytes;

/** What kind of work a request was. */
enum RouteClass {
    /** Redirected or refused by the rules of the redirect. */
    REDIRECT,
    /** A file of the site, or an ACME challenge. */
    FILE,
    PING,
    ACTUATOR,
    API,
    PAGE,
    /** An event stream, which lasts as long as its client watches. */
    STREAM,
    /** A connection from which no request could be read. */
    UNREADABLE;

    private static final String EVENT_STREAM = "text/event-stream";

    String tag() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The class of a request that has been answered. */
    static RouteClass of(Request request, Response response) {
        org.apache.coyote.Request coyote = request.getCoyoteRequest();
        MessageBytes path = coyote.requestURI();
        if (coyote.getMethod() == null || path.isNull()) {
            return UNREADABLE;
        }
        RecordedDecision decided = RecordedDecision.of(request);
        if (decided != null && !decided.isServed()) {
            return REDIRECT;
        }
        if (path.equals(PingFilter.PATH)) {
            return PING;
        }
        return DynamicRequests.isDynamic(request)
                ? dynamic(request.getRequestURI(), response)
                : FILE;
    }

    private static RouteClass dynamic(String path, Response response) {
        String type = response.getContentType();
        if (type != null && type.startsWith(EVENT_STREAM)) {
            return STREAM;
        }
        if (path.startsWith("/actuator") || path.equals("/livez") || path.equals("/readyz")) {
            return ACTUATOR;
        }
        return path.startsWith("/api/") ? API : PAGE;
    }
}
