package dev.gatehouse.connector;

import jakarta.servlet.ServletException;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;

/**
 * First of all valves: notes which connector and which peer a request came from, counts it, and
 * sees that nobody waits for the body of a request that was turned away.
 */
class ArrivalValve extends ValveBase {

    private final Connectors connectors;
    private final RequestCounts counts;

    ArrivalValve(Connectors connectors, RequestCounts counts) {
        super(true);
        this.connectors = connectors;
        this.counts = counts;
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        ConnectorName connector = connectors.nameOf(request.getConnector());
        counts.increment(connector);
        new Arrival(connector, request.getPeerAddr()).markOn(request);
        getNext().invoke(request, response);
        UnreadBody.leave(request, response);
    }
}
