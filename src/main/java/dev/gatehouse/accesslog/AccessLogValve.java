package dev.gatehouse.accesslog;

import dev.gatehouse.accesslog.AccessEvent.Exchange;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.List;
import org.apache.catalina.AccessLog;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.jspecify.annotations.Nullable;

/**
 * Called by Tomcat at the end of each request, and of what it could make no request of. Nothing is
 * let out: what is thrown here would cost the connector a permit, until it has none.
 */
class AccessLogValve extends ValveBase implements AccessLog {

    private final AccessEventReader reader;
    private final AccessLogQueue queue;
    private final UnreadLimit unread;
    private final List<String> exclude;

    AccessLogValve(
            AccessEventReader reader,
            AccessLogQueue queue,
            UnreadLimit unread,
            List<String> exclude) {
        super(true);
        this.reader = reader;
        this.queue = queue;
        this.unread = unread;
        this.exclude = List.copyOf(exclude);
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        getNext().invoke(request, response);
    }

    @Override
    public void log(Request request, Response response, long nanos) {
        try {
            if (response.getStatus() < 400 && isExcluded(request.getRequestURI())) {
                return;
            }
            Exchange exchange = reader.read(request, response, nanos);
            if (exchange.method() != null || unread.admits(exchange.peer(), exchange.at())) {
                queue.offer(exchange);
            }
        } catch (Throwable thrown) { // an Error too: the request has been served
            queue.countFailure(thrown);
        }
    }

    private boolean isExcluded(@Nullable String path) {
        if (path == null) {
            return false;
        }
        for (String excluded : exclude) {
            if (matches(excluded, path)) {
                return true;
            }
        }
        return false;
    }

    private static boolean matches(String excluded, String path) {
        if (!excluded.endsWith("/**")) {
            return excluded.equals(path);
        }
        int length = excluded.length() - 3;
        return path.regionMatches(0, excluded, 0, length)
                && (path.length() == length || path.charAt(length) == '/');
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
