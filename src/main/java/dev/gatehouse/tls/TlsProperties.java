package dev.gatehouse.tls;

import dev.gatehouse.config.InvalidPropertyException;
import dev.gatehouse.config.PropertyChecks;
import dev.gatehouse.tls.engine.EngineChoice;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * TLS of the HTTPS connector, beside {@code spring.ssl.bundle.pem.site.*}, its default certificate.
 *
 * @param engine who does the handshakes: {@code auto} (native where its library loads, else the
 *     JDK), {@code jsse} (the JDK) or {@code conscrypt} (native, or no start)
 * @param checkInterval time between two looks at the certificate that is on the wire; a refused
 *     pair is tried again as often
 * @param certificates further certificates, each served to the clients that ask for its names
 */
@ConfigurationProperties("gatehouse.tls")
record TlsProperties(
        @DefaultValue("auto") EngineChoice engine,
        @DefaultValue("2s") Duration checkInterval,
        @DefaultValue List<CertificateProperties> certificates) {

    TlsProperties {
        certificates = List.copyOf(certificates);
        new PropertyChecks("gatehouse.tls")
                .positive("check-interval", checkInterval, "2s or 500ms");
        boolean hasSecond = false;
        for (int i = 0; i < certificates.size(); i++) {
            String property = "gatehouse.tls.certificates[" + i + "]";
            certificates.get(i).check(property);
            if (certificates.get(i).names().isEmpty()) {
                rejectThird(property, hasSecond);
                hasSecond = true;
            }
        }
    }

    private static void rejectThird(String property, boolean hasSecond) {
        if (hasSecond) {
            throw new InvalidPropertyException(
                    property + ".names",
                    "",
                    "is not set, as it is not for another one",
                    "List the DNS names whose clients get this certificate: one alone can be the"
                            + " second of the default's names.");
        }
    }
}
