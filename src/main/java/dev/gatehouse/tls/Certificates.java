package dev.gatehouse.tls;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;

/** Descriptions of certificates for logs and health details. */
final class Certificates {

    private Certificates() {}

    /** Enough to tell one from another: subject, serial number and end. */
    static String describe(X509Certificate certificate) {
        return "%s, serial %x, valid until %s"
                .formatted(
                        certificate.getSubjectX500Principal().getName(),
                        certificate.getSerialNumber(),
                        certificate.getNotAfter().toInstant());
    }

    /** SHA-256, as browsers show it. */
    static String fingerprint(X509Certificate certificate) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
            return HexFormat.ofDelimiter(":").withUpperCase().formatHex(digest);
        } catch (NoSuchAlgorithmException | CertificateEncodingException ex) {
            throw new IllegalStateException(ex); // every Java has it, every certificate its bytes
        }
    }
}
