package dev.gatehouse.connector.nio;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Map;
import java.util.concurrent.ConcurrentNavigableMap;
import org.apache.coyote.Processor;

/**
 * Streams of HTTP/2 that have ended. Tomcat remembers 500 of each connection, for frames that were
 * on their way, in 230 bytes each: too many where there are hundreds of connections. All of them
 * together are limited here; the oldest are forgotten.
 */
final class EndedStreams {

    /** Of all connections together: some 4 MB. */
    private static final int LIMIT = 16_000;

    /** Of each connection at least: as many as frames may be on their way for. */
    private static final int LEAST = 8;

    private static final String HANDLER = "org.apache.coyote.http2.Http2UpgradeHandler";
    private static final String ENDED = "org.apache.coyote.http2.RecycledStream";

    private final Class<?> handlerType;
    private final Class<?> endedType;
    private final VarHandle streams;

    EndedStreams() {
        try {
            handlerType = Class.forName(HANDLER);
            endedType = Class.forName(ENDED);
            streams =
                    MethodHandles.privateLookupIn(handlerType, MethodHandles.lookup())
                            .findVarHandle(handlerType, "streams", ConcurrentNavigableMap.class);
        } catch (ReflectiveOperationException ex) {
            throw new IllegalStateException("This version of Tomcat keeps streams elsewhere", ex);
        }
    }

    /** Forgets the oldest of a connection, so that none of many has more than its share. */
    void forget(Processor connection, int connections) {
        if (!connection.isUpgrade()
                || !handlerType.isInstance(connection.getUpgradeToken().httpUpgradeHandler())) {
            return;
        }
        ConcurrentNavigableMap<?, ?> known =
                (ConcurrentNavigableMap<?, ?>)
                        streams.get(connection.getUpgradeToken().httpUpgradeHandler());
        int share = Math.max(LEAST, LIMIT / Math.max(1, connections));
        int excess = known.size() - share;
        while (excess > 0) {
            Map.Entry<?, ?> oldest = known.firstEntry();
            if (oldest == null || !endedType.isInstance(oldest.getValue())) {
                return;
            }
            known.remove(oldest.getKey());
            excess--;
        }
    }
}
