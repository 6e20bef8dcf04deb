package dev.gatehouse.tls.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Socket;
import java.security.KeyPairGenerator;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManager;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConscryptKeyManagerTests {

    @ParameterizedTest
    @ValueSource(strings = {"EC", "RSA"})
    void makeKeyTheEnginesOwnOnceWhenItCan(String algorithm) throws Exception {
        PrivateKey key = KeyPairGenerator.getInstance(algorithm).generateKeyPair().getPrivate();
        X509ExtendedKeyManager keys = keysOver(key);

        PrivateKey adapted = keys.getPrivateKey("site");

        assertThat(adapted.getClass().getPackageName()).isEqualTo("org.conscrypt");
        assertThat(adapted).isSameAs(keys.getPrivateKey("site"));
        assertThat(adapted.getAlgorithm()).isEqualTo(algorithm);
    }

    @Test
    void leaveKeyAsItIsWhenItCannotBeTheEnginesOwn() {
        PrivateKey elsewhere = new KeyElsewhere();

        assertThat(keysOver(elsewhere).getPrivateKey("site")).isSameAs(elsewhere);
    }

    @Test
    void haveNoKeyWhenThereIsNone() {
        assertThat(keysOver(null).getPrivateKey("site")).isNull();
    }

    private static X509ExtendedKeyManager keysOver(@Nullable PrivateKey key) {
        KeyManager[] adapted =
                ConscryptTlsEngine.load().adapted(new KeyManager[] {new OneKey(key)});
        return (X509ExtendedKeyManager) adapted[0];
    }

    /** As a key in a device that never gives it away. */
    private static final class KeyElsewhere implements PrivateKey {

        private static final long serialVersionUID = 1L;

        @Override
        public String getAlgorithm() {
            return "EC";
        }

        @Override
        public @Nullable String getFormat() {
            return null;
        }

        @Override
        public byte @Nullable [] getEncoded() {
            return null;
        }
    }

    private static final class OneKey extends X509ExtendedKeyManager {

        private final @Nullable PrivateKey key;

        OneKey(@Nullable PrivateKey key) {
            this.key = key;
        }

        @Override
        public @Nullable PrivateKey getPrivateKey(String alias) {
            return key;
        }

        @Override
        public X509Certificate[] getCertificateChain(String alias) {
            return new X509Certificate[0];
        }

        @Override
        public String[] getClientAliases(String keyType, Principal[] issuers) {
            return new String[0];
        }

        @Override
        public String[] getServerAliases(String keyType, Principal[] issuers) {
            return new String[0];
        }

        @Override
        public String chooseClientAlias(String[] keyTypes, Principal[] issuers, Socket socket) {
            return "site";
        }

        @Override
        public String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
            return "site";
        }
    }
}
