package dev.gatehouse.tls.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SessionSslSupportTests {

    private final Map<Object, Object> values = new HashMap<>();
    private String protocol = "NONE";
    private int asked;

    private final SSLSession session =
            (SSLSession)
                    Proxy.newProxyInstance(
                            getClass().getClassLoader(),
                            new Class<?>[] {SSLSession.class},
                            (self, method, arguments) ->
                                    answer(
                                            self,
                                            method.getName(),
                                            arguments == null ? new Object[0] : arguments));

    @Test
    void askTheEngineOnceWhenHandshakeIsDone() throws Exception {
        protocol = "TLSv1.3";

        for (int request = 0; request < 3; request++) {
            SessionSslSupport facts = SessionSslSupport.of(session, Map.of(), false);
            assertThat(facts.getProtocol()).isEqualTo("TLSv1.3");
            assertThat(facts.getCipherSuite()).isEqualTo("TLS_AES_128_GCM_SHA256");
        }

        assertThat(asked).isEqualTo(1);
    }

    @Test
    void askAgainWhenHandshakeWasNotDone() {
        assertThat(SessionSslSupport.of(session, Map.of(), false).getProtocol()).isEqualTo("NONE");
        protocol = "TLSv1.2";
        assertThat(SessionSslSupport.of(session, Map.of(), false).getProtocol())
                .isEqualTo("TLSv1.2");
    }

    private @Nullable Object answer(Object self, String method, Object[] arguments) {
        return switch (method) {
            case "getProtocol" -> {
                asked++;
                yield protocol;
            }
            case "getCipherSuite" -> "TLS_AES_128_GCM_SHA256";
            case "getValue" -> values.get(arguments[0]);
            case "putValue" -> values.put(arguments[0], arguments[1]);
            case "equals" -> System.identityHashCode(self) == System.identityHashCode(arguments[0]);
            default -> throw new UnsupportedOperationException(method);
        };
    }
}
