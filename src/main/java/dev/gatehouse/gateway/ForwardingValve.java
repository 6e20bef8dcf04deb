package dev.gatehouse.gateway;

import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.catalina.Valve;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.RemoteIpValve;
import org.apache.catalina.valves.ValveBase;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;

/**
 * Where Tomcat's RemoteIpValve is on ({@code server.forward-headers-strategy=native}), notes ahead
 * of it that a request was forwarded: it takes the header away that would have told.
 */
public final class ForwardingValve extends ValveBase {

    private static final String ATTRIBUTE = ForwardingValve.class.getName();

    private final String header;

    private ForwardingValve(String header) {
        super(true);
        this.header = header;
    }

    /** Puts one in front of all valves, if there is need of it. */
    static void addTo(TomcatServletWebServerFactory factory) {
        factory.getEngineValves().stream()
                .filter(RemoteIpValve.class::isInstance)
                .map(valve -> ((RemoteIpValve) valve).getRemoteIpHeader())
                .findFirst()
                .ifPresent(
                        header -> {
                            List<Valve> valves = new ArrayList<>(factory.getEngineValves());
                            valves.addFirst(new ForwardingValve(header));
                            factory.setEngineValves(valves);
                        });
    }

    /** Whether the request had the header that RemoteIpValve reads. */
    public static boolean isForwarded(ServletRequest request) {
        return request.getAttribute(ATTRIBUTE) != null;
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        if (request.getHeader(header) != null) {
            request.setAttribute(ATTRIBUTE, true);
        }
        getNext().invoke(request, response);
    }
}
