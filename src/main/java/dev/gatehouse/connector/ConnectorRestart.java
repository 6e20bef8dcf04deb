package dev.gatehouse.connector;

import dev.gatehouse.connector.nio.ConnectorProtocol;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stops one connector and starts it again on the same port. Spring Boot has it bind at its start
 * and not at its initialisation, so this releases the port and all the threads.
 */
class ConnectorRestart {

    private static final Logger logger = LoggerFactory.getLogger(ConnectorRestart.class);

    private final Connector connector;
    private final ConnectorProtocol protocol;

    ConnectorRestart(Connector connector, ConnectorProtocol protocol) {
        this.connector = connector;
        this.protocol = protocol;
    }

    void run() throws LifecycleException {
        try {
            connector.stop();
        } catch (LifecycleException ex) {
            // A dead connector may fail to stop; only the start matters.
            logger.debug("A dead connector failed to stop", ex);
        }
        keepPort();
        replaceShutDownExecutor();
        connector.start();
    }

    /** Where port 0 was configured, clients know the port that was bound first. */
    private void keepPort() {
        int bound = protocol.endpoint().boundPort();
        if (connector.getPort() == 0 && bound > 0) {
            connector.setPort(bound);
        }
    }

    /** Tomcat creates its own pool again, but not the executor that Spring Boot set. */
    private void replaceShutDownExecutor() {
        Executor executor = protocol.getExecutor();
        if (executor instanceof ExecutorService service && service.isShutdown()) {
            protocol.setWorkQueue();
        }
    }
}
