package dev.gatehouse.connector.nio;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import org.apache.tomcat.util.buf.ByteBufferUtils;
import org.apache.tomcat.util.net.NioEndpoint.NioSocketWrapper;
import org.apache.tomcat.util.net.SecureNioChannel;
import org.apache.tomcat.util.net.SocketBufferHandler;
import org.apache.tomcat.util.net.TLSClientHelloExtractor;
import org.jspecify.annotations.Nullable;

/**
 * A TLS channel that reads the ClientHello with {@link ClientHelloReader} in place of Tomcat's
 * extractor, and refuses what is none with an alert, or with a response where the client speaks
 * plain HTTP. It then discards what the client still sends until the client closes the connection,
 * within limits: to close first would reset the connection, and the client would lose the alert.
 */
abstract class ClientHelloChannel extends SecureNioChannel {

    /** Bytes discarded after an alert before the connection is closed. */
    private static final int MOST_DISCARDED = 1 << 18;

    private final ConnectorEndpoint endpoint;
    private ClientHelloReader reader = new ClientHelloReader();
    private boolean refused;
    private int discarded;

    ClientHelloChannel(SocketBufferHandler buffers, ConnectorEndpoint endpoint) {
        super(buffers, endpoint);
        this.endpoint = endpoint;
    }

    /** The client sent no valid ClientHello, or one that cannot be served. */
    abstract void helloRefused(boolean plainHttp);

    @Override
    public void reset(@Nullable SocketChannel channel, @Nullable NioSocketWrapper wrapper)
            throws IOException {
        super.reset(channel, wrapper);
        reader = new ClientHelloReader();
        refused = false;
        discarded = 0;
    }

    /**
     * As Tomcat calls it, again and again until it returns 0.
     *
     * @return 0 with an engine created, -1 to close the connection, or the interest to wait for
     */
    @Override
    protected int processSNI() throws IOException {
        if (refused) {
            return discard();
        }
        if (netInBuffer.capacity() < ClientHelloReader.BUFFER_SIZE) {
            netInBuffer = ByteBufferUtils.expand(netInBuffer, ClientHelloReader.BUFFER_SIZE);
        }
        if (sc.read(netInBuffer) < 0) {
            return -1;
        }
        return switch (reader.read(netInBuffer)) {
            case ClientHelloReader.Result.Incomplete() -> SelectionKey.OP_READ;
            case ClientHelloReader.Result.Complete(ClientHello hello) -> begin(hello);
            case ClientHelloReader.Result.Invalid(TlsAlert alert) -> refuse(alert);
            case ClientHelloReader.Result.PlainHttp() ->
                    refuse(true, TLSClientHelloExtractor.USE_TLS_RESPONSE);
        };
    }

    private int begin(ClientHello hello) throws IOException {
        if (!hello.applicationProtocols().isEmpty()
                && !endpoint.speaksAny(hello.applicationProtocols())) {
            return refuse(TlsAlert.NO_APPLICATION_PROTOCOL);
        }
        if (hello.verifiesOnlySha1()) {
            return refuse(TlsAlert.HANDSHAKE_FAILURE);
        }
        socketWrapper.setSniHostName(hello.serverName());
        createSSLEngine(
                hello.serverName(),
                hello.ciphers(),
                hello.applicationProtocols(),
                hello.versions(),
                List.of(), // not the client's groups: Tomcat sets them, and throws for one
                // given twice
                hello.signatureSchemes());
        SSLEngine engine = sslEngine;
        SSLSession session = engine.getSession();
        getBufHandler().expand(session.getApplicationBufferSize());
        netInBuffer = ByteBufferUtils.expand(netInBuffer, session.getPacketBufferSize());
        netOutBuffer = ByteBufferUtils.expand(netOutBuffer, session.getPacketBufferSize());
        netOutBuffer.position(0).limit(0);
        engine.beginHandshake();
        handshakeStatus = engine.getHandshakeStatus();
        return 0;
    }

    private int refuse(TlsAlert alert) throws IOException {
        return refuse(false, alert.record());
    }

    private int refuse(boolean plainHttp, byte[] last) throws IOException {
        refused = true;
        helloRefused(plainHttp);
        sc.write(ByteBuffer.wrap(last)); // a fresh socket has room for it
        sc.shutdownOutput();
        return discard();
    }

    private int discard() throws IOException {
        int read;
        do {
            netInBuffer.clear();
            read = sc.read(netInBuffer);
            discarded += Math.max(read, 0);
        } while (read > 0 && discarded < MOST_DISCARDED);
        netInBuffer.clear();
        return read == 0 ? SelectionKey.OP_READ : -1;
    }
}
