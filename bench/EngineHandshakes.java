import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.FileInputStream;
import java.lang.management.ManagementFactory;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Security;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509TrustManager;

/**
 * CPU that the server's side of a full handshake costs, by engine, in one run: the same client (the
 * JDK's) over memory, and only the server's steps on the clock. Run by bench/engines.sh.
 */
final class EngineHandshakes {

    private static final int ROUNDS = 5;
    private static final int HANDSHAKES = 400;
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    public static void main(String[] args) throws Exception {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        keys.load(new FileInputStream(args[0]), "bench".toCharArray());
        KeyManagerFactory managers = KeyManagerFactory.getInstance("PKIX");
        managers.init(keys, "bench".toCharArray());
        String protocol = args[1];
        Map<String, Supplier<SSLEngine>> engines = new LinkedHashMap<>();
        engines.put("jsse", jdk(managers.getKeyManagers(), null));
        Provider conscrypt = org.conscrypt.Conscrypt.newProvider();
        engines.put("conscrypt", jdk(managers.getKeyManagers(), conscrypt));
        engines.put("conscrypt, own key", jdk(ownKey(keys, conscrypt), conscrypt));
        engines.put("netty-tcnative", netty(managers));
        Map<String, Long> best = new LinkedHashMap<>();
        for (int round = 0; round < ROUNDS; round++) {
            for (var engine : engines.entrySet()) {
                measure(engine.getKey(), engine.getValue(), protocol, best);
            }
        }
        // Changes the whole JVM's cryptography, the client's too, so it comes last.
        Provider corretto =
                (Provider)
                        Class.forName(
                                        "com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider")
                                .getField("INSTANCE")
                                .get(null);
        Security.insertProviderAt(corretto, 1);
        Supplier<SSLEngine> overCorretto = jdk(managers.getKeyManagers(), null);
        for (int round = 0; round < ROUNDS; round++) {
            measure("jsse over corretto", overCorretto, protocol, best);
        }
        best.forEach(
                (name, micros) -> System.out.printf("%-20s %s %6d us%n", name, protocol, micros));
    }

    private static Supplier<SSLEngine> jdk(KeyManager[] managers, Provider provider)
            throws Exception {
        SSLContext context =
                provider == null
                        ? SSLContext.getInstance("TLS")
                        : SSLContext.getInstance("TLS", provider);
        context.init(managers, null, null);
        return context::createSSLEngine;
    }

    /** As Gatehouse does it: the engine need not make a key of its own at each handshake. */
    private static KeyManager[] ownKey(KeyStore keys, Provider provider) throws Exception {
        String alias = keys.aliases().nextElement();
        PrivateKey given = (PrivateKey) keys.getKey(alias, "bench".toCharArray());
        PrivateKey own =
                KeyFactory.getInstance(given.getAlgorithm(), provider)
                        .generatePrivate(new PKCS8EncodedKeySpec(given.getEncoded()));
        X509Certificate[] chain =
                Arrays.stream(keys.getCertificateChain(alias))
                        .map(X509Certificate.class::cast)
                        .toArray(X509Certificate[]::new);
        return new KeyManager[] {new One(own, chain)};
    }

    private static Supplier<SSLEngine> netty(KeyManagerFactory managers) throws Exception {
        var context =
                SslContextBuilder.forServer(managers).sslProvider(SslProvider.OPENSSL).build();
        return () -> context.newEngine(ByteBufAllocator.DEFAULT);
    }

    private static void measure(
            String name, Supplier<SSLEngine> server, String protocol, Map<String, Long> best)
            throws Exception {
        SSLContext trusting = SSLContext.getInstance("TLS");
        long nanos = 0;
        for (int i = 0; i < HANDSHAKES; i++) {
            trusting = SSLContext.getInstance("TLS");
            trusting.init(null, new TrustManager[] {new Any()}, null);
            nanos += handshake(server, trusting, protocol);
        }
        best.merge(name, nanos / HANDSHAKES / 1000, Math::min);
    }

    private static long handshake(Supplier<SSLEngine> servers, SSLContext trusting, String protocol)
            throws Exception {
        SSLEngine client = trusting.createSSLEngine();
        client.setUseClientMode(true);
        client.setEnabledProtocols(new String[] {protocol});
        ByteBuffer toServer = ByteBuffer.allocateDirect(1 << 16);
        ByteBuffer toClient = ByteBuffer.allocateDirect(1 << 16);
        ByteBuffer sink = ByteBuffer.allocateDirect(1 << 16);
        long spent = -cpu();
        SSLEngine server = servers.get();
        server.setUseClientMode(false);
        server.beginHandshake();
        spent += cpu();
        client.beginHandshake();
        while (isBusy(client) || isBusy(server)) {
            step(client, toClient, toServer, sink);
            spent -= cpu();
            step(server, toServer, toClient, sink);
            spent += cpu();
        }
        server.closeOutbound();
        if (server instanceof io.netty.util.ReferenceCounted counted) {
            counted.release();
        }
        return spent;
    }

    private static boolean isBusy(SSLEngine engine) {
        return engine.getHandshakeStatus() != HandshakeStatus.NOT_HANDSHAKING;
    }

    private static void step(SSLEngine engine, ByteBuffer in, ByteBuffer out, ByteBuffer sink)
            throws Exception {
        switch (engine.getHandshakeStatus()) {
            case NEED_TASK -> {
                for (Runnable task; (task = engine.getDelegatedTask()) != null; ) {
                    task.run();
                }
            }
            case NEED_WRAP -> engine.wrap(NOTHING, out);
            case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> {
                in.flip();
                engine.unwrap(in, sink);
                in.compact();
            }
            case FINISHED, NOT_HANDSHAKING -> {}
        }
    }

    private static long cpu() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static final class One extends X509ExtendedKeyManager {
        private final PrivateKey key;
        private final X509Certificate[] chain;

        One(PrivateKey key, X509Certificate[] chain) {
            this.key = key;
            this.chain = chain;
        }

        @Override
        public PrivateKey getPrivateKey(String alias) {
            return key;
        }

        @Override
        public X509Certificate[] getCertificateChain(String alias) {
            return chain;
        }

        @Override
        public String chooseEngineServerAlias(String type, Principal[] issuers, SSLEngine engine) {
            return type.contains(key.getAlgorithm()) ? "one" : null;
        }

        @Override
        public String chooseServerAlias(String type, Principal[] issuers, Socket socket) {
            return null;
        }

        @Override
        public String chooseClientAlias(String[] types, Principal[] issuers, Socket socket) {
            return null;
        }

        @Override
        public String[] getServerAliases(String type, Principal[] issuers) {
            return new String[0];
        }

        @Override
        public String[] getClientAliases(String type, Principal[] issuers) {
            return new String[0];
        }
    }

    private record Any() implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
