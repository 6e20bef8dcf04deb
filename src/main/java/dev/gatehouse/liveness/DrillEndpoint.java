package dev.gatehouse.liveness;

import dev.gatehouse.connector.ConnectorFault;
import dev.gatehouse.connector.ConnectorName;
import dev.gatehouse.connector.Connectors;
import org.apache.catalina.LifecycleException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;

/**
 * {@code POST /actuator/drill/{connector}/{fault}}: injects a fault into a connector, so that an
 * operator can test the recovery. Enabled only with {@code
 * management.endpoint.drill.access=unrestricted}.
 */
@Endpoint(id = "drill", defaultAccess = Access.NONE)
class DrillEndpoint {

    private static final Logger logger = LoggerFactory.getLogger(DrillEndpoint.class);

    private final Connectors connectors;
    private final EventLog events;

    DrillEndpoint(Connectors connectors, EventLog events) {
        this.connectors = connectors;
        this.events = events;
    }

    @WriteOperation
    Inflicted kill(@Selector ConnectorName connector, @Selector ConnectorFault fault)
            throws LifecycleException {
        logger.warn("Drill: killing the {} connector by {}", connector, fault);
        events.add(connector, "drill: " + fault);
        connectors.get(connector).inject(fault);
        return new Inflicted(connector.tag(), fault.name());
    }

    /** The injected fault. */
    record Inflicted(String connector, String fault) {}
}
