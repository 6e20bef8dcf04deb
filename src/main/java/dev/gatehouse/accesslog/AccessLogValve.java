package dev.gatehouse.accesslog;

import dev.gatehouse.accesslog.AccessEvent.Exchange;
import jakarta.servlet.ServletException;
import java.io.IOException;
import org.apache.catalina.AccessLog;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;

/**
 * Called by Tomcat at the end of each request, and for connections without a readable one. It never
 * throws: each exception here would cost the connector one permit for a connection.
 */
class AccessLogValve extends ValveBase implements AccessLog {

    private final AccessEventReader reader;
    private final AccessLogQueue queue;
    private final UnreadableRequestLimiter unread;
    private final ExcludedPaths excluded;

    AccessLogValve(
            AccessEventReader reader,
            AccessLogQueue queue,
            UnreadableRequestLimiter unread,
            ExcludedPaths excluded) {
        super(true);
        this.reader = reader;
        this.queue = queue;
        this.unread = unread;
        this.excluded = excluded;
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        getNext().invoke(request, response);
    }

    @Override
    public void log(Request request, Response response, long nanos) {
        try {
            String path = AccessEventReader.text(request.getCoyoteRequest().requestURI());
            if (response.getStatus() < 400 && excluded.contains(path)) {
                return;
            }
            Exchange exchange = reader.read(request, response, path, nanos);
            if (exchange.method() != null || unread.admits(exchange.peer(), exchange.at())) {
                queue.offer(exchange);
            }
        } catch (Throwable thrown) { // an Error too: the request has been served
            queue.countFailure(thrown);
        }
    }

    @Override
    public void setRequestAttributesEnabled(boolean enabled) {
        // What is read of a trusted proxy's word is read always.
    }

    @Override
    public boolean getRequestAttributesEnabled() {
        return true;
    }
}
