package dev.gatehouse.tls;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A certificate that the application obtains by itself, and serves by default in the place of
 * configured files. Until there is one, a self-signed certificate for its names is served.
 */
public interface ObtainedCertificate {

    /** The SSL bundle's name, which is also the certificate's in health, metrics and log. */
    String bundleName();

    /** DNS names and addresses, in lower case. */
    List<String> names();

    /** What an earlier run obtained, if it is valid now. */
    Optional<Pem> stored();

    /** What health component {@code certificate} says of it. */
    Map<String, Object> healthDetails();

    /** Whether health component {@code certificate} is out of service for now. */
    boolean isUnready();

    /**
     * A certificate in PEM form.
     *
     * @param chain the site's own certificate first
     */
    record Pem(String chain, String privateKey) {

        /** A key must not be printed. */
        @Override
        public String toString() {
            return chain;
        }
    }
}
