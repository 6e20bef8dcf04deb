package dev.gatehouse.tls;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Warns of a certificate's end 30, 14, 7, 3 and 1 days ahead, and once it has come. */
class ExpiryWarnings {

    private static final Logger logger = LoggerFactory.getLogger(ExpiryWarnings.class);

    /** Days; the smallest that is not yet passed is the one to warn of. */
    private static final List<Integer> THRESHOLDS = List.of(0, 1, 3, 7, 14, 30);

    private final Map<String, Warned> warned = new HashMap<>();

    private record Warned(X509Certificate leaf, int threshold) {}

    /** Says so if a threshold has been passed since the last look at this certificate. */
    void look(String bundle, X509Certificate leaf, Instant now) {
        Duration left = Duration.between(now, leaf.getNotAfter().toInstant());
        THRESHOLDS.stream()
                .filter(days -> left.compareTo(Duration.ofDays(days)) <= 0)
                .findFirst()
                .filter(days -> isNews(bundle, leaf, days))
                .ifPresent(days -> warn(bundle, leaf, days));
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
