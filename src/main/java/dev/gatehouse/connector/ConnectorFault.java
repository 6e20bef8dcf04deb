package dev.gatehouse.connector;

import java.io.IOException;
import org.apache.catalina.LifecycleException;

/** A way to kill a connector, for a drill: each is one that was seen in the wild. */
public enum ConnectorFault {
    /** The connector is stopped. */
    STOP {
        @Override
        void inflict(Connectors connectors, ConnectorName name) throws LifecycleException {
            connectors.get(name).stop();
        }
    },
    /** The thread that accepts dies of an Error at the next connection. */
    ACCEPTOR {
        @Override
        void inflict(Connectors connectors, ConnectorName name) {
            connectors.endpoint(name).failNextAccept(new InternalError("Drill: acceptor"));
        }
    },
    /** The thread that reads dies, as its selector is closed. */
    POLLER {
        @Override
        void inflict(Connectors connectors, ConnectorName name) throws IOException {
            connectors.endpoint(name).closePollerSelector();
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
