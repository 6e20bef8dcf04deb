package dev.gatehouse.accesslog;

import jakarta.servlet.ServletException;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.tomcat.util.buf.MessageBytes;
import org.slf4j.MDC;

/** Gives each request its id, which its response tells, and both logs have. */
final class RequestIdValve extends ValveBase {

    static final String HEADER = "X-Request-Id";

    RequestIdValve() {
        super(true);
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        if (RequestId.of(request) == null) { // else an asynchronous one that comes again
            RequestId id = idOf(request);
            id.markOn(request);
            response.getCoyoteResponse().addHeader(HEADER, id.toString());
        }
        try {
            getNext().invoke(request, response);
        } finally {
            MDC.remove(RequestIdFilter.KEY);
        }
    }

    private static RequestId idOf(Request request) {
        MessageBytes traceparent =
                request.getCoyoteRequest().getMimeHeaders().getValue("traceparent");
        RequestId traced =
                traceparent == null ? null : RequestId.of(AccessEventReader.text(traceparent));
        return traced == null ? RequestId.random() : traced;
    }
}
