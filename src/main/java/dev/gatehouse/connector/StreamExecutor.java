package dev.gatehouse.connector;

import org.apache.tomcat.util.net.SocketProcessorBase;
import org.apache.tomcat.util.threads.VirtualThreadExecutor;

/**
 * A virtual thread for each piece of a connector's work. What is no event of a connection, and is
 * given while one is served, is a request on it: HTTP/2 has many at once, and each holds memory.
 */
final class StreamExecutor extends VirtualThreadExecutor {

    private static final ScopedValue<HeldHeap> SERVED = ScopedValue.newInstance();

    private static final String THREAD_NAMES = "tomcat-handler-";

    StreamExecutor() {
        super(THREAD_NAMES);
    }

    /** Runs what serves that connection. */
    static void serve(HeldHeap connection, Runnable service) {
        ScopedValue.where(SERVED, connection).run(service);
    }

    @Override
    public void execute(Runnable work) {
        if (!SERVED.isBound() || !isStream(work)) {
            super.execute(work);
            return;
        }
        HeldHeap connection = SERVED.get();
        connection.beginStream();
        try {
            super.execute(() -> run(work, connection));
        } catch (RuntimeException | Error ex) {
            connection.endStream();
            throw ex;
        }
    }

    private static boolean isStream(Runnable work) {
        return !(work instanceof SocketProcessorBase || work instanceof GatheredFrames);
    }

    private static void run(Runnable stream, HeldHeap connection) {
        try {
            stream.run();
        } finally {
            connection.endStream();
        }
    }
}
