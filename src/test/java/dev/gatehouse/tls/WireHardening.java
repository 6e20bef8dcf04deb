package dev.gatehouse.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.util.function.Consumer;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** What any client must find on the wire, whatever was reloaded. */
final class WireHardening {

    private static final String AEAD = "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384";
    private static final String CBC = "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384";

    private WireHardening() {}

    static void check(int port) throws IOException {
        speaks(port, hello -> hello.setProtocols(new String[] {"TLSv1.3"}));
        speaks(port, tls12With(AEAD));
        refuses(port, tls12With(CBC));
        speaks(port, hello -> hello.setNamedGroups(new String[] {"x25519"}));
        speaks(port, hello -> hello.setNamedGroups(new String[] {"secp256r1"}));
        refuses(port, hello -> hello.setNamedGroups(new String[] {"secp521r1"}));
        negotiatesHttp2(port);
        refusesRenegotiation(port);
    }

    private static Consumer<SSLParameters> tls12With(String cipher) {
        return hello -> {
            hello.setProtocols(new String[] {"TLSv1.2"});
            hello.setCipherSuites(new String[] {cipher});
        };
    }

    private static void speaks(int port, Consumer<SSLParameters> hello) throws IOException {
        TlsClient.connect(port, hello).close();
    }

    private static void refuses(int port, Consumer<SSLParameters> hello) {
        assertThatIOException().isThrownBy(() -> TlsClient.connect(port, hello).close());
    }

    private static void negotiatesHttp2(int port) throws IOException {
        try (SSLSocket socket =
                TlsClient.connect(
                        port,
                        hello -> hello.setApplicationProtocols(new String[] {"h2", "http/1.1"}))) {
            assertThat(socket.getApplicationProtocol()).isEqualTo("h2");
        }
    }

    private static void refusesRenegotiation(int port) throws IOException {
        try (SSLSocket socket = TlsClient.connect(port, tls12With(AEAD))) {
            assertThatIOException()
                    .isThrownBy(
                            () -> {
                                socket.startHandshake();
                                socket.getInputStream().read();
                            });
        }
    }
}
