package dev.gatehouse.connector;

import dev.gatehouse.connector.nio.MessageFraming;
import dev.gatehouse.connector.nio.PlainErrorValve;
import dev.gatehouse.connector.nio.UnreadBodyPolicy;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;

/**
 * First of all valves: notes which connector and which peer a request came from, counts it, turns
 * it away where its framing is ambiguous, and sees that no client waits for the body of a request
 * that was turned away.
 */
class ArrivalValve extends ValveBase {

    private final Connectors connectors;

    ArrivalValve(Connectors connectors) {
        super(true);
        this.connectors = connectors;
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        ManagedConnector connector = connectors.of(request.getConnector());
        connector.countRequest();
        String proxiedClient =
                connector.protocol().expectsProxyHeaders() ? Arrival.namedClient(request) : null;
        new Arrival(connector.name(), IpAddressFormat.format(request.getPeerAddr()), proxiedClient)
                .markOn(request);
        if (MessageFraming.isAmbiguous(request.getCoyoteRequest())) {
            response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
            UnreadBodyPolicy.closeAfterAnswer(request.getCoyoteRequest(), response);
            PlainErrorValve.write(response);
            return;
        }
        if ("TRACE".equals(request.getMethod())) {
            // refused by Tomcat, which names the methods that its servlets might have
            response.setHeader("Allow", "GET, HEAD");
        }
        getNext().invoke(request, response);
        UnreadBodyPolicy.leave(request, response);
    }
}
