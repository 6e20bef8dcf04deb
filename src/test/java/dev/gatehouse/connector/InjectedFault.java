package dev.gatehouse.connector;

import dev.gatehouse.connector.nio.ConnectorEndpoint;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import org.apache.tomcat.util.net.AbstractEndpoint;
import org.awaitility.Awaitility;

/**
 * Every way in which a connector was seen to stop serving, by its row in the list of faults.
 * Reaches into Tomcat where a drill may not.
 */
public enum InjectedFault {
    ACCEPTOR_DIES_OF_OUT_OF_MEMORY("1") {
        @Override
        public void inject(Connectors connectors, ConnectorName name) {
            connectors.get(name).endpoint().failNextAccept(new OutOfMemoryError("injected"));
        }
    },
    ACCEPTOR_DIES_OF_INTERNAL_ERROR("1") {
        @Override
        public void inject(Connectors connectors, ConnectorName name) {
            connectors.get(name).endpoint().failNextAccept(new InternalError("injected"));
        }
    },
    OUT_OF_MEMORY_WHILE_SOCKET_IS_SET_UP("2") {
        @Override
        public void inject(Connectors connectors, ConnectorName name) throws Exception {
            ConnectorEndpoint endpoint = connectors.get(name).endpoint();
            Field field = AbstractEndpoint.class.getDeclaredField("connections");
            field.setAccessible(true);
            Object working = field.get(endpoint);
            field.set(endpoint, new FullMap());
            Thread acceptor = acceptor(endpoint);
            Thread.ofVirtual()
                    .start(
                            () -> {
                                join(acceptor);
                                set(field, endpoint, working);
                            });
        }
    },
    ACCEPTOR_INTERRUPTED("3") {
        @Override
        public void inject(Connectors connectors, ConnectorName name) {
            Thread acceptor = acceptor(connectors.get(name).endpoint());
            // Only in accept() does it close the listener: under load it is often elsewhere.
            Awaitility.await()
                    .pollInterval(Duration.ofMillis(10))
                    .until(
                            () -> {
                                acceptor.interrupt();
                                return connectors.get(name).port() < 0;
                            });
        }
    },
    LISTENER_CLOSED("4") {
        @Override
        public void inject(Connectors connectors, ConnectorName name) throws Exception {
            connectors.get(name).inject(ConnectorFault.CLOSE_LISTENER);
        }
    },
    POLLER_DIES("5") {
        @Override
        public void inject(Connectors connectors, ConnectorName name) throws Exception {
            connectors.get(name).inject(ConnectorFault.POLLER);
        }
    },
    POLLER_INTERRUPTED("6") {
        @Override
        public void inject(Connectors connectors, ConnectorName name) {
            Thread poller = connectors.get(name).endpoint().threads().poller();
            if (poller == null) {
                throw new IllegalStateException("No poller thread was found");
            }
            poller.interrupt();
        }
    },
    PAUSED("7") {
        @Override
        public void inject(Connectors connectors, ConnectorName name) {
            connectors.get(name).tomcat().pause();
        }
    },
    /**
     * What a pause and a resume left behind until Tomcat 11.0.26. The pause itself is left out: the
     * connector accepts nobody while it lasts, which a check may see.
     */
    LIMIT_LOST("8") {
        @Override
        public void inject(Connectors connectors, ConnectorName name) throws Exception {
            Field latch = AbstractEndpoint.class.getDeclaredField("connectionLimitLatch");
            latch.setAccessible(true);
            latch.set(connectors.get(name).endpoint(), null);
        }
    },
    EXECUTOR_SHUT_DOWN("10") {
        @Override
        public void inject(Connectors connectors, ConnectorName name) {
            ((ExecutorService) connectors.get(name).protocol().getExecutor()).shutdownNow();
        }
    },
    PERMITS_LEAKED("13") {
        @Override
        public void inject(Connectors connectors, ConnectorName name) throws Exception {
            ConnectorEndpoint endpoint = connectors.get(name).endpoint();
            Method permit = AbstractEndpoint.class.getDeclaredMethod("countUpOrAwaitConnection");
            permit.setAccessible(true);
            for (int i = 0; i < endpoint.getMaxConnections(); i++) {
                Thread.ofVirtual().start(() -> take(permit, endpoint));
            }
        }
    },
    STOPPED("14") {
        @Override
        public void inject(Connectors connectors, ConnectorName name) throws Exception {
            connectors.get(name).inject(ConnectorFault.STOP);
        }
    },
    TLS_HOST_CONFIGURATION_EMPTIED("15") {
        @Override
        public void inject(Connectors connectors, ConnectorName name) throws Exception {
            emptied = new HashMap<>(tlsHosts(connectors, name));
            tlsHosts(connectors, name).clear();
        }

        @Override
        public void repair(Connectors connectors, ConnectorName name) throws Exception {
            tlsHosts(connectors, name).putAll(emptied);
        }
    };

    private static Map<Object, Object> emptied = Map.of();

    private final String row;

    InjectedFault(String row) {
        this.row = row;
    }

    public String row() {
        return row;
    }

    public abstract void inject(Connectors connectors, ConnectorName name) throws Exception;

    /** Undoes what no restart of the connector undoes. */
    public void repair(Connectors connectors, ConnectorName name) throws Exception {}

    private static Thread acceptor(ConnectorEndpoint endpoint) {
        Thread acceptor = endpoint.threads().acceptor();
        if (acceptor == null) {
            throw new IllegalStateException("No acceptor thread was found");
        }
        return acceptor;
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static void take(Method permit, ConnectorEndpoint endpoint) {
        try {
            permit.invoke(endpoint);
        } catch (ReflectiveOperationException ex) {
            throw new IllegalStateException(ex);
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<Object, Object> tlsHosts(Connectors connectors, ConnectorName name)
            throws ReflectiveOperationException {
        Field hosts = AbstractEndpoint.class.getDeclaredField("sslHostConfigs");
        hosts.setAccessible(true);
        return (Map<Object, Object>) hosts.get(connectors.get(name).endpoint());
    }

    private static void set(Field field, Object target, Object value) {
        try {
            field.set(target, value);
        } catch (IllegalAccessException ex) {
            throw new IllegalStateException(ex);
        }
    }

    /** Has no memory for one more connection. */
    private static final class FullMap extends ConcurrentHashMap<Object, Object> {

        private static final long serialVersionUID = 1L;

        @Override
        public Object put(Object key, Object value) {
            throw new OutOfMemoryError("injected");
        }
    }
}
