package dev.gatehouse.tls;

import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the issuer whose certificate should be sent with a certificate, and is not. */
final class MissingIssuer {

    private static final Logger logger = LoggerFactory.getLogger(MissingIssuer.class);

    private MissingIssuer() {}

    /** The name of the issuer, or null where none is missing. */
    static @Nullable String of(List<X509Certificate> chain) {
        X509Certificate last = chain.getLast();
        X500Principal issuer = last.getIssuerX500Principal();
        boolean isMissing =
                chain.size() == 1
                        && !issuer.equals(last.getSubjectX500Principal())
                        && !isRoot(issuer);
        return isMissing ? issuer.getName() : null;
    }

    private static boolean isRoot(X500Principal issuer) {
        try {
            TrustManagerFactory roots =
                    TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            roots.init((KeyStore) null);
            return Arrays.stream(roots.getTrustManagers())
                    .filter(X509TrustManager.class::isInstance)
                    .flatMap(
                            manager ->
                                    Arrays.stream(
                                            ((X509TrustManager) manager).getAcceptedIssuers()))
                    .anyMatch(root -> root.getSubjectX500Principal().equals(issuer));
        } catch (GeneralSecurityException ex) {
            logger.debug("Java's root certificates cannot be read", ex);
            return true;
        }
    }
}
