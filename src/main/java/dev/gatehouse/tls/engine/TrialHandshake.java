package dev.gatehouse.tls.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/** A complete handshake in memory of an engine with a certificate that it is to serve. */
public final class TrialHandshake {

    /** A handshake takes some ten steps; one that takes more does not end. */
    private static final int MOST_STEPS = 200;

    private static final int BUFFER = 1 << 16; // a chain of any sane length

    /** With null in its place, all root certificates would be read. */
    private static final TrustManager[] NO_TRUST = {};

    private final SSLEngine server;
    private final SSLEngine client;
    private final ByteBuffer toServer = ByteBuffer.allocate(BUFFER);
    private final ByteBuffer toClient = ByteBuffer.allocate(BUFFER);
    private final ByteBuffer sink = ByteBuffer.allocate(BUFFER);

    private TrialHandshake(SSLEngine server, SSLEngine client) {
        this.server = server;
        this.client = client;
    }

    /**
     * Returns when the handshake is done, with the engine's own client or with the JDK's, which
     * accepts more kinds of keys and costs ten times as much at a start.
     *
     * @param keyStore the certificate and key to try, without a password
     * @param protocols the protocols to offer, or null for the engine's own
     */
    public static void run(TlsEngine engine, KeyStore keyStore, String @Nullable [] protocols)
            throws GeneralSecurityException, IOException {
        try {
            run(engine, keyStore, protocols, engine.newContext());
        } catch (IOException _) {
            run(engine, keyStore, protocols, SSLContext.getInstance("TLS"));
        }
    }

    private static void run(
            TlsEngine engine,
            KeyStore keyStore,
            String @Nullable [] protocols,
            SSLContext clientContext)
            throws GeneralSecurityException, IOException {
        KeyManagerFactory keys =
                KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(keyStore, new char[0]);
        SSLContext context = engine.newContext();
        context.init(engine.adapted(keys.getKeyManagers()), NO_TRUST, null);
        clientContext.init(null, new TrustManager[] {new TrustAnyCertificate()}, null);
        SSLEngine client = clientContext.createSSLEngine();
        client.setUseClientMode(true);
        SSLEngine server = engine.newServerEngine(context);
        if (protocols != null) {
            server.setEnabledProtocols(protocols);
        }
        new TrialHandshake(server, client).run();
    }

    private void run() throws SSLException {
        client.beginHandshake();
        server.beginHandshake();
        for (int step = 0; step < MOST_STEPS; step++) {
            step(client, toClient, toServer);
            step(server, toServer, toClient);
            if (isDone(client) && isDone(server)) {
                return;
            }
        }
        throw new SSLException("the handshake does not end");
    }

    private static boolean isDone(SSLEngine engine) {
        return engine.getHandshakeStatus() == HandshakeStatus.NOT_HANDSHAKING;
    }

    private void step(SSLEngine engine, ByteBuffer in, ByteBuffer out) throws SSLException {
        switch (engine.getHandshakeStatus()) {
            case NEED_TASK -> engine.getDelegatedTask().run();
            case NEED_WRAP -> rejectClosed(engine.wrap(ByteBuffer.allocate(0), out));
            case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> unwrap(engine, in);
            case FINISHED, NOT_HANDSHAKING -> {}
        }
    }

    private void unwrap(SSLEngine engine, ByteBuffer in) throws SSLException {
        in.flip();
        rejectClosed(engine.unwrap(in, sink));
        in.compact();
    }

    private static void rejectClosed(SSLEngineResult result) throws SSLException {
        if (result.getStatus() == SSLEngineResult.Status.CLOSED) {
            throw new SSLException("the handshake was aborted");
        }
    }
}
