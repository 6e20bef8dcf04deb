package dev.gatehouse.connector;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.util.Collection;
import org.apache.coyote.Processor;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.NioEndpoint.NioSocketWrapper;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The connections of one connector that is being shut down, and how each is taken leave of. */
class OpenConnections {

    private static final Logger logger = LoggerFactory.getLogger(OpenConnections.class);

    private static final String HTTP_2 = "h2";

    private final ConnectorProtocol protocol;

    OpenConnections(ConnectorProtocol protocol) {
        this.protocol = protocol;
    }

    private Collection<SocketWrapperBase<NioChannel>> all() {
        return protocol.endpoint().getConnections();
    }

    boolean areLeft() {
        return !all().isEmpty();
    }

    /**
     * Whether a client of HTTP/2 may still be reading. It speaks meanwhile, of what it has read,
     * and a closed socket would answer that with a reset, and drop the rest. Told GOAWAY, it closes
     * by itself when it has all.
     */
    boolean areHttp2Left() {
        return all().stream().anyMatch(OpenConnections::isHttp2);
    }

    /** When one of them spoke last, in milliseconds since 1970, and 0 without any. */
    long heardOfHttp2() {
        return all().stream()
                .filter(OpenConnections::isHttp2)
                .filter(NioSocketWrapper.class::isInstance)
                .map(NioSocketWrapper.class::cast)
                .mapToLong(NioSocketWrapper::getLastRead)
                .max()
                .orElse(0);
    }

    /** Takes nobody new, and has HTTP/1.1 say {@code Connection: close} with each answer. */
    void takeNoMore() {
        protocol.closeServerSocketGraceful(); // first: whoever is told to go might come back
        protocol.setMaxKeepAliveRequests(1);
    }

    /**
     * Says GOAWAY over HTTP/2, once to each. To be called again and again: Tomcat passes over a
     * connection that it is just reading from. To one that takes what it was sent slowly, it comes
     * after that, for which nobody else waits.
     */
    void sayGoAway() {
        all().stream()
                .map(SocketWrapperBase::getCurrentProcessor)
                .filter(Processor.class::isInstance)
                .map(Processor.class::cast)
                .forEach(processor -> Thread.startVirtualThread(processor::pause));
    }

    /** Ends those that wait for a next request over HTTP/1.1. */
    void endIdle() {
        all().stream().filter(OpenConnections::isIdle).forEach(OpenConnections::end);
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
                && connection instanceof ServedConnection polled
                && !polled.hasUnprocessedInput()
                && polled.interestOpsHas(SelectionKey.OP_READ);
    }

    /**
     * Closes our half, after all that was written. Closing both would have the kernel answer a
     * request that is on its way with a reset.
     */
    private static void end(SocketWrapperBase<NioChannel> connection) {
        try {
            connection.getSocket().getIOChannel().shutdownOutput();
        } catch (IOException ex) {
            logger.debug("A connection was gone before it was ended", ex);
        }
    }
}
