package dev.gatehouse.tls;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Warns of a certificate's end 30, 14, 7, 3 and 1 days ahead, and once it has come; of one that
 * names no host, and of one whose issuer's certificate is missing.
 */
class CertificateWarnings {

    private static final Logger logger = LoggerFactory.getLogger(CertificateWarnings.class);

    /** Days before the end. */
    private static final List<Integer> THRESHOLDS = List.of(0, 1, 3, 7, 14, 30);

    private final Map<String, Warned> warned = new HashMap<>();
    private final Map<String, X509Certificate> lastLeaf = new HashMap<>();

    private record Warned(X509Certificate leaf, int threshold) {}

    /** Warns if a threshold has been passed since the last call for this certificate. */
    void look(String bundle, List<X509Certificate> chain, Instant now) {
        X509Certificate leaf = chain.getFirst();
        if (!leaf.equals(lastLeaf.put(bundle, leaf))) {
            warnOfNames(bundle, leaf);
            warnOfIssuer(bundle, chain);
        }
        Duration left = Duration.between(now, leaf.getNotAfter().toInstant());
        THRESHOLDS.stream()
                .filter(days -> left.compareTo(Duration.ofDays(days)) <= 0)
                .findFirst()
                .filter(days -> isNews(bundle, leaf, days))
                .ifPresent(days -> warn(bundle, leaf, days));
    }

    private static void warnOfNames(String bundle, X509Certificate leaf) {
        CertificateNames names = CertificateNames.of(leaf);
        if (names.dnsNames().isEmpty() && names.addresses().isEmpty()) {
            logger.warn(
                    "Certificate '{}' names no host, and every browser refuses it: it has no"
                            + " subject alternative name, and a common name does not count (RFC"
                            + " 9525): {}",
                    bundle,
                    Certificates.describe(leaf));
        }
    }

    private static void warnOfIssuer(String bundle, List<X509Certificate> chain) {
        String issuer = MissingIssuer.of(chain);
        if (issuer != null) {
            logger.warn(
                    "Certificate '{}' comes without the certificate of its issuer, '{}', which is"
                            + " none of Java's root certificates: clients that do not know it refuse"
                            + " the connection. Append it to the chain: {}",
                    bundle,
                    issuer,
                    Certificates.describe(chain.getLast()));
        }
    }

    private boolean isNews(String bundle, X509Certificate leaf, int days) {
        Warned now = new Warned(leaf, days);
        return !now.equals(warned.put(bundle, now));
    }

    private static void warn(String bundle, X509Certificate leaf, int days) {
        if (days == 0) {
            logger.error(
                    "Certificate '{}' has expired, and every client refuses it: {}",
                    bundle,
                    Certificates.describe(leaf));
        } else {
            logger.warn(
                    "Certificate '{}' expires within {} {}: {}",
                    bundle,
                    days,
                    days == 1 ? "day" : "days",
                    Certificates.describe(leaf));
        }
    }
}
