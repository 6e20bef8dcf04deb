package dev.gatehouse.tls;

import java.time.Duration;
import org.apache.catalina.connector.Connector;
import org.apache.coyote.http2.Http2Protocol;
import org.springframework.boot.tomcat.TomcatConnectorCustomizer;

/** Limits of one HTTP/2 connection, and its drain time-out after a GOAWAY. */
class Http2LimitsCustomizer implements TomcatConnectorCustomizer {

    private static final int STREAMS = 100;

    /** Header fields of a request, and of its trailer; browsers send some twenty. */
    private static final int HEADERS = 100;

    private static final int TRAILERS = 20;

    /** Payload size in bytes below which a CONTINUATION frame counts as overhead. */
    private static final int SMALL_CONTINUATION = 64;

    /**
     * A stream that was on its way when the client was told to go is still served. The round trip
     * that Tomcat waits by itself is measured by its own PINGs, which are off.
     */
    private static final Duration DRAIN = Duration.ofSeconds(5);

    @Override
    public void customize(Connector connector) {
        for (var upgrade : connector.findUpgradeProtocols()) {
            if (upgrade instanceof Http2Protocol http2) {
                limit(http2);
                readOnTheConnectionsThread(connector);
            }
        }
    }

    /**
     * Not by a completion of asynchronous IO, which knows nothing of the memory that a connection
     * may hold.
     */
    private static void readOnTheConnectionsThread(Connector connector) {
        connector.setProperty("useAsyncIO", "false");
    }

    private static void limit(Http2Protocol http2) {
        http2.setMaxConcurrentStreams(STREAMS);
        http2.setMaxConcurrentStreamExecution(STREAMS); // others would wait in an unbounded queue
        http2.setMaxHeaderCount(HEADERS);
        http2.setMaxTrailerCount(TRAILERS);
        // A flood of tiny frames is still cut by the limits on headers; a few are within RFC 9113.
        http2.setOverheadContinuationThreshold(SMALL_CONTINUATION);
        http2.setDrainTimeout(DRAIN.toNanos());
        http2.setInitiatePingDisabled(true); // some clients cannot tell our PING from their answer
    }
}
