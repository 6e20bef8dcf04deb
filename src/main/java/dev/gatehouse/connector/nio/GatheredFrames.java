package dev.gatehouse.connector.nio;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.apache.tomcat.util.net.NioEndpoint;
import org.apache.tomcat.util.net.NioEndpoint.NioSocketWrapper;
import org.apache.tomcat.util.net.SocketEvent;
import org.jspecify.annotations.Nullable;

/**
 * The frames of HTTP/2 that are written to a connection and not sent yet. Tomcat sends each frame
 * by itself, three for a page; here they wait until the other streams that are about to write have
 * written, at most until they fill a TLS record. Guarded by the connection's lock.
 */
final class GatheredFrames implements Runnable {

    private final NioEndpoint endpoint;
    private final NioSocketWrapper connection;
    private final BufferPool pool;
    private final Sink sink;
    private ByteBuffer gathered = BufferPool.NONE;
    private boolean isSendingDue;
    private boolean isSending;

    GatheredFrames(NioEndpoint endpoint, NioSocketWrapper connection, BufferPool pool, Sink sink) {
        this.endpoint = endpoint;
        this.connection = connection;
        this.pool = pool;
        this.sink = sink;
    }

    /** Where they go, as much as there is room for at the moment. */
    interface Sink {
        int write(ByteBuffer source) throws IOException;
    }

    /**
     * Takes as much as there is room for.
     *
     * @param source nothing to send what is here
     */
    int write(ByteBuffer source) throws IOException {
        if (!source.hasRemaining()) {
            return send();
        }
        if (gathered.capacity() > 0 && !gathered.hasRemaining()) {
            send();
        }
        if (gathered.capacity() == 0) {
            gathered = pool.borrow().limit(TlsChannel.LARGEST_PLAINTEXT);
        }
        int count = Math.min(source.remaining(), gathered.remaining());
        gathered.put(gathered.position(), source, source.position(), count);
        gathered.position(gathered.position() + count);
        source.position(source.position() + count);
        if (!gathered.hasRemaining()) {
            send();
        } else if (!isSendingDue) {
            isSendingDue = sendLater();
        }
        return count;
    }

    private int send() throws IOException {
        gathered.flip();
        try {
            return sink.write(gathered);
        } finally {
            if (gathered.hasRemaining()) {
                gathered.compact().limit(TlsChannel.LARGEST_PLAINTEXT);
            } else {
                ByteBuffer sent = gathered;
                gathered = BufferPool.NONE;
                pool.giveBack(sent);
            }
        }
    }

    /** Behind all that have got their turn to run by now, and write perhaps. */
    private boolean sendLater() throws IOException {
        @Nullable Executor executor = endpoint.getExecutor();
        try {
            if (executor != null) {
                executor.execute(this);
                return true;
            }
        } catch (RejectedExecutionException _) { // it is being stopped
            send();
            return false;
        }
        send();
        return false;
    }

    /** Sends them. */
    @Override
    public void run() {
        connection.getLock().lock();
        try {
            isSendingDue = false;
            isSending = true;
            if (!connection.isClosed()) {
                connection.flush(true);
            }
        } catch (IOException | VirtualMachineError _) {
            endpoint.processSocket(connection, SocketEvent.ERROR, true);
        } finally {
            isSending = false;
            connection.getLock().unlock();
        }
    }

    /** How much has to be sent before the one who sends may go. */
    int due() {
        return isSending ? gathered.position() : 0;
    }

    /** Sends what goes without waiting: the connection is to be closed. */
    void close() throws IOException {
        if (gathered.position() > 0) {
            send();
        }
    }

    /** Forgets what was not sent: the connection is closed. */
    void drop() {
        pool.forget(gathered);
        gathered = BufferPool.NONE;
    }

    int bytes() {
        return gathered.capacity();
    }
}
