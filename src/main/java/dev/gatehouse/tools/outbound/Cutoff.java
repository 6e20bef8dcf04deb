package dev.gatehouse.tools.outbound;

import java.io.IOException;
import java.net.Socket;

/**
 * Closes a socket at a deadline. A socket's own time-out begins anew at each byte, which a server
 * that drips can draw out for ever.
 */
final class Cutoff implements AutoCloseable {

    private final Thread thread;

    Cutoff(Socket socket, Deadline deadline) {
        this.thread = Thread.ofVirtual().name("cutoff").start(() -> cut(socket, deadline));
    }

    private static void cut(Socket socket, Deadline deadline) {
        try {
            Thread.sleep(deadline.remainingMillis());
            socket.close();
        } catch (InterruptedException | IOException _) {
            Thread.currentThread().interrupt(); // over in time, or closed already
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
