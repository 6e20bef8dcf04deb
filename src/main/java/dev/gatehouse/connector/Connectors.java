package dev.gatehouse.connector;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.catalina.connector.Connector;

/** Both connectors, as soon as Tomcat has created them: before any filter or servlet is created. */
public class Connectors {

    private final Map<ConnectorName, ManagedConnector> byName = new EnumMap<>(ConnectorName.class);

    void add(ManagedConnector connector) {
        byName.put(connector.name(), connector);
    }

    public ManagedConnector get(ConnectorName name) {
        ManagedConnector connector = byName.get(name);
        if (connector == null) {
            throw new IllegalStateException(
                    "Tomcat has not created the " + name + " connector yet");
        }
        return connector;
    }

    /** The one that is Tomcat's connector. */
    ManagedConnector of(Connector tomcat) {
        ManagedConnector http = get(ConnectorName.HTTP);
        return tomcat.equals(http.tomcat()) ? http : get(ConnectorName.HTTPS);
    }

    /** Those that were created; at a failed start there may be one or none. */
    List<ManagedConnector> all() {
        return List.copyOf(byName.values());
    }
}
