package dev.gatehouse.connector;

import java.io.IOException;
import org.apache.catalina.LifecycleException;

/** A fault for a drill. Each has been observed in production systems. */
public enum ConnectorFault {
    /** The connector is stopped. */
    STOP {
        @Override
        void inflict(Connectors connectors, ConnectorName name) throws LifecycleException {
            connectors.get(name).stop();
        }
    },
    /** The acceptor thread dies of an Error at the next connection. */
    ACCEPTOR {
        @Override
        void inflict(Connectors connectors, ConnectorName name) {
            connectors.endpoint(name).failNextAccept(new InternalError("Drill: acceptor"));
        }
    },
    /** The poller thread dies of an Error at the next event. */
    POLLER {
        @Override
        void inflict(Connectors connectors, ConnectorName name) {
            connectors.endpoint(name).failNextPoll(new InternalError("Drill: poller"));
        }
    },
    /** The listening socket is closed. */
    CLOSE_LISTENER {
        @Override
        void inflict(Connectors connectors, ConnectorName name) throws IOException {
            connectors.endpoint(name).closeListener();
        }
    };

    abstract void inflict(Connectors connectors, ConnectorName name)
            throws IOException, LifecycleException;
}
