package dev.gatehouse.metrics;

import dev.gatehouse.connector.ConnectorName;
import dev.gatehouse.connector.Connectors;
import dev.gatehouse.connector.nio.SentStatus;
import dev.gatehouse.connector.nio.VisitorAnswers;
import dev.gatehouse.metrics.RequestDurations.MethodClass;
import jakarta.servlet.ServletException;
import java.io.IOException;
import org.apache.catalina.AccessLog;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.tomcat.util.buf.MessageBytes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Called by Tomcat at the end of each request, as an access log is, and for connections without a
 * readable one.
 */
class RequestDurationValve extends ValveBase implements AccessLog {

    private static final Logger logger = LoggerFactory.getLogger(RequestDurationValve.class);

    private final Connectors connectors;
    private final RequestDurations durations;

    RequestDurationValve(Connectors connectors, RequestDurations durations) {
        super(true);
        this.connectors = connectors;
        this.durations = durations;
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        getNext().invoke(request, response);
    }

    @Override
    public void log(Request request, Response response, long nanos) {
        try {
            RouteClass route = RouteClass.of(request, response);
            if (route == RouteClass.PING && isOwnProbe(request)) {
                return;
            }
            durations.record(
                    connector(request),
                    MethodClass.of(request.getCoyoteRequest().getMethod()),
                    SentStatus.of(request, response),
                    route,
                    nanos);
        } catch (RuntimeException ex) { // each would cost the connector a permit for a connection
            logger.debug("The duration of a request was not recorded", ex);
        }
    }

    private static boolean isOwnProbe(Request request) {
        MessageBytes userAgent = request.getCoyoteRequest().getMimeHeaders().getValue("User-Agent");
        return userAgent != null && userAgent.equals(VisitorAnswers.PROBE_USER_AGENT);
    }

    private ConnectorName connector(Request request) {
        return request.getConnector().equals(connectors.get(ConnectorName.HTTP).tomcat())
                ? ConnectorName.HTTP
                : ConnectorName.HTTPS;
    }

    @Override
    public void setRequestAttributesEnabled(boolean enabled) {
        // none are read
    }

    @Override
    public boolean getRequestAttributesEnabled() {
        return false;
    }
}
