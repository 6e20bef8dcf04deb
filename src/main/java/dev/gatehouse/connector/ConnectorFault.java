package dev.gatehouse.connector;

import java.io.IOException;
import org.apache.catalina.LifecycleException;

/** A fault for a drill. Each has been observed in production systems. */
public enum ConnectorFault {
    /** The connector is stopped. */
    STOP {
        @Override
        void injectInto(ManagedConnector connector) throws LifecycleException {
            connector.tomcat().stop();
        }
    },
    /** The acceptor thread dies of an Error at the next connection. */
    ACCEPTOR {
        @Override
        void injectInto(ManagedConnector connector) {
            connector.endpoint().failNextAccept(new InternalError("Drill: acceptor"));
        }
    },
    /** The poller thread dies of an Error at the next event. */
    POLLER {
        @Override
        void injectInto(ManagedConnector connector) {
            connector.endpoint().failNextPoll(new InternalError("Drill: poller"));
        }
    },
    /** The listening socket is closed. */
    CLOSE_LISTENER {
        @Override
        void injectInto(ManagedConnector connector) throws IOException {
            connector.endpoint().closeListener();
        }
    };

    abstract void injectInto(ManagedConnector connector) throws IOException, LifecycleException;
}
