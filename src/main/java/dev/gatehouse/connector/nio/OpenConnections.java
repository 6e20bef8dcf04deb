package dev.gatehouse.connector.nio;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.util.Collection;
import org.apache.coyote.Processor;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.NioEndpoint.NioSocketWrapper;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The open connections of one connector, and how they are ended at shutdown. */
public final class OpenConnections {

    private static final Logger logger = LoggerFactory.getLogger(OpenConnections.class);

    private static final String HTTP_2 = "h2";

    private final ConnectorProtocol protocol;

    public OpenConnections(ConnectorProtocol protocol) {
        this.protocol = protocol;
    }

    private Collection<SocketWrapperBase<NioChannel>> all() {
        return protocol.endpoint().getConnections();
    }

    public boolean isAnyOpen() {
        return !all().isEmpty();
    }

    /**
     * Whether an HTTP/2 client may still be reading. It sends WINDOW_UPDATE frames meanwhile; a
     * closed socket would answer those with a reset, and drop the rest. After GOAWAY the client
     * closes the connection when it has received everything.
     */
    public boolean isAnyHttp2Open() {
        return all().stream().anyMatch(OpenConnections::isHttp2);
    }

    /** When an HTTP/2 client last sent something, in milliseconds since 1970; 0 without any. */
    public long lastHttp2Read() {
        return all().stream()
                .filter(OpenConnections::isHttp2)
                .filter(NioSocketWrapper.class::isInstance)
                .map(NioSocketWrapper.class::cast)
                .mapToLong(NioSocketWrapper::getLastRead)
                .max()
                .orElse(0);
    }

    /** Closes the port, and has HTTP/1.1 answers carry {@code Connection: close}. */
    public void stopAccepting() {
        protocol.closeServerSocketGraceful(); // first: a client that is told to close may reconnect
        protocol.setMaxKeepAliveRequests(1);
    }

    /**
     * Sends GOAWAY on each HTTP/2 connection once. Call it repeatedly: Tomcat skips a connection
     * that it is reading from. Each has a thread, since GOAWAY waits for what is written before it.
     */
    public void sendGoAway() {
        all().stream()
                .map(SocketWrapperBase::getCurrentProcessor)
                .filter(Processor.class::isInstance)
                .map(Processor.class::cast)
                .forEach(processor -> Thread.startVirtualThread(processor::pause));
    }

    /** Closes the HTTP/1.1 connections that wait for a next request. */
    public void closeIdle() {
        all().stream().filter(OpenConnections::isIdle).forEach(OpenConnections::shutdownOutput);
    }

    private static boolean isHttp2(SocketWrapperBase<NioChannel> connection) {
        return HTTP_2.equals(connection.getNegotiatedProtocol());
    }

    /**
     * While a request is received or served, bytes or a processor are kept, or no byte is awaited.
     */
    private static boolean isIdle(SocketWrapperBase<NioChannel> connection) {
        return !isHttp2(connection)
                && connection.getCurrentProcessor() == null
                && connection instanceof ActiveConnection polled
                && !polled.hasUnprocessedInput()
                && polled.interestOpsHas(SelectionKey.OP_READ);
    }

    /**
     * Closes the sending side, after everything that was written. If both sides were closed, the
     * kernel would answer a request that is under way with a reset.
     */
    private static void shutdownOutput(SocketWrapperBase<NioChannel> connection) {
        try {
            connection.getSocket().getIOChannel().shutdownOutput();
        } catch (IOException ex) {
            logger.debug("A connection was closed before it was shut down", ex);
        }
    }
}
