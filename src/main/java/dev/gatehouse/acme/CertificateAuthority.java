package dev.gatehouse.acme;

import java.security.cert.X509Certificate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What certificates are obtained from. */
interface CertificateAuthority {

    /**
     * Obtains a certificate, under the storage's lock. What has to be kept of an order that does
     * not end is in the storage: the next call goes on with it.
     *
     * @param replaced the certificate that this one is to replace, or null
     * @return the certificate and its key; the order stays in the storage until the caller deletes
     *     it
     */
    StoredFile obtain(@Nullable X509Certificate replaced) throws AcmeFailure, InterruptedException;

    /** When to renew the certificate, or empty where the certificate authority does not say. */
    Optional<RenewalWindow> renewalWindow(X509Certificate certificate) throws AcmeFailure;
}
