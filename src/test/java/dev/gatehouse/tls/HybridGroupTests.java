package dev.gatehouse.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.connector.ConnectorName;
import dev.gatehouse.testing.RawHttp;
import dev.gatehouse.testing.RunningGatehouse;
import dev.gatehouse.tls.engine.TrustAnyCertificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.conscrypt.Conscrypt;
import org.junit.jupiter.api.Test;

/** A client that fears quantum computers. JSSE of JDK 25 knows no such group. */
class HybridGroupTests {

    @Test
    void agreeOnHybridGroupWhenClientOffersIt() throws Exception {
        SSLContext context = SSLContext.getInstance("TLS", Conscrypt.newProvider());
        context.init(null, new TrustManager[] {new TrustAnyCertificate()}, null);
        try (RunningGatehouse gatehouse =
                RunningGatehouse.start("gatehouse.tls.engine=conscrypt")) {
            int port = gatehouse.port(ConnectorName.HTTPS);
            try (SSLSocket socket =
                    (SSLSocket)
                            context.getSocketFactory()
                                    .createSocket(RawHttp.connect(port), "127.0.0.1", port, true)) {
                Conscrypt.setNamedGroups(socket, new String[] {"x25519", "X25519MLKEM768"});
                socket.startHandshake();

                assertThat(Conscrypt.getGroupName(socket)).isEqualTo("X25519MLKEM768");
            }
        }
    }
}
