package dev.gatehouse.tls.engine;

import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLSession;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfig.CertificateVerification;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;
import org.apache.tomcat.util.net.SSLSupport;
import org.apache.tomcat.util.net.SSLUtil;
import org.apache.tomcat.util.net.jsse.JSSEImplementation;

/**
 * Makes Tomcat use an engine. Tomcat calls it for every certificate that it loads, at the start and
 * at each reload, so what is set here outlives the new {@link SSLHostConfig} that Spring Boot makes
 * at each reload (spring-boot#51290).
 */
public abstract sealed class EngineSslImplementation extends JSSEImplementation {

    /** By preference; an engine passes over what it lacks. */
    private static final String GROUPS = "X25519MLKEM768,x25519,secp256r1,secp384r1";

    private final TlsEngine engine;
    private volatile boolean clientsAreAsked;

    private EngineSslImplementation(TlsEngine engine) {
        this.engine = engine;
    }

    @Override
    public SSLUtil getSSLUtil(SSLHostConfigCertificate certificate) {
        SSLHostConfig config = certificate.getSSLHostConfig();
        config.setHonorCipherOrder(true);
        config.setGroups(GROUPS);
        clientsAreAsked |= config.getCertificateVerification() != CertificateVerification.NONE;
        return EngineSslUtil.of(certificate, engine);
    }

    @Override
    public SSLSupport getSSLSupport(SSLSession session, Map<String, List<String>> offered) {
        return SessionSslSupport.of(session, offered, clientsAreAsked);
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
