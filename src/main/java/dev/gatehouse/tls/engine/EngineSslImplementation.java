package dev.gatehouse.tls.engine;

import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;
import org.apache.tomcat.util.net.SSLUtil;
import org.apache.tomcat.util.net.jsse.JSSEImplementation;

/**
 * Puts an engine under Tomcat. Tomcat asks it for every certificate that it takes up, at the start
 * and at each reload, so what is set here outlives the new {@link SSLHostConfig} that Spring Boot
 * makes at each reload (spring-boot#51290).
 */
public abstract sealed class EngineSslImplementation extends JSSEImplementation {

    private final TlsEngine engine;

    private EngineSslImplementation(TlsEngine engine) {
        this.engine = engine;
    }

    @Override
    public SSLUtil getSSLUtil(SSLHostConfigCertificate certificate) {
        certificate.getSSLHostConfig().setHonorCipherOrder(true);
        return EngineSslUtil.of(certificate, engine);
    }

    /** Made by Tomcat. */
    public static final class Jsse extends EngineSslImplementation {

        public Jsse() {
            super(new JsseEngine());
        }
    }

    /** Made by Tomcat. */
    public static final class ViaConscrypt extends EngineSslImplementation {

        public ViaConscrypt() {
            super(ConscryptTlsEngine.load());
        }
    }
}
