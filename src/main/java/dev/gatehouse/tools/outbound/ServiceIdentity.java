package dev.gatehouse.tools.outbound;

import java.security.cert.CertificateException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** Requires a certificate to have a host's name, as RFC 9525 has it. */
final class ServiceIdentity {

    private static final int DNS_NAME = 2; // RFC 5280, 4.2.1.6

    private ServiceIdentity() {}

    /**
     * RFC 9525: the common name is not read, and a wildcard is a whole label. The JDK falls back to
     * the common name (RFC 2818).
     */
    static void require(String host, X509Certificate certificate) throws CertificateException {
        if (host.contains(":") || host.matches("[0-9.]+")) {
            return; // the JDK reads an address from the iPAddress entries alone
        }
        List<String> names = dnsNames(certificate);
        String parent = host.substring(host.indexOf('.') + 1);
        if (names.stream().noneMatch(name -> name.equals(host) || name.equals("*." + parent))) {
            throw new CertificateException(
                    names.isEmpty()
                            ? "it has no subject alternative name, and clients do not read the"
                                    + " common name (RFC 9525)"
                            : "no subject alternative name matches " + host);
        }
    }

    private static List<String> dnsNames(X509Certificate certificate)
            throws CertificateParsingException {
        Collection<List<?>> names =
                Objects.requireNonNullElse(
                        certificate.getSubjectAlternativeNames(), List.<List<?>>of());
        return names.stream()
                .filter(name -> Integer.valueOf(DNS_NAME).equals(name.get(0)))
                .map(name -> String.valueOf(name.get(1)).toLowerCase(Locale.ROOT))
                .toList();
    }
}
