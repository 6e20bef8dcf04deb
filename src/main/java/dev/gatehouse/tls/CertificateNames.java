package dev.gatehouse.tls;

import dev.gatehouse.connector.IpAddressFormat;
import java.net.InetAddress;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * Names in a certificate's subject alternative names. A wildcard stands for exactly one label, the
 * leftmost (RFC 6125, 6.4.3); an address is covered only as an address (RFC 6125, 1.7.2).
 *
 * @param dnsNames in lower case, {@code *.} allowed
 * @param addresses in Java's canonical literal form
 */
public record CertificateNames(Set<String> dnsNames, Set<String> addresses) {

    private static final int DNS_NAME = 2;
    private static final int IP_ADDRESS = 7;

    static CertificateNames of(X509Certificate certificate) {
        Set<String> dnsNames = new TreeSet<>();
        Set<String> addresses = new TreeSet<>();
        for (List<?> name : alternativeNames(certificate)) {
            if (name.get(0) instanceof Integer type && name.get(1) instanceof String value) {
                switch (type) {
                    case DNS_NAME -> dnsNames.add(value.toLowerCase(Locale.ROOT));
                    case IP_ADDRESS ->
                            addresses.add(IpAddressFormat.format(InetAddress.ofLiteral(value)));
                    default -> {} // e-mail addresses and the like name no host
                }
            }
        }
        return new CertificateNames(Set.copyOf(dnsNames), Set.copyOf(addresses));
    }

    private static Collection<List<?>> alternativeNames(X509Certificate certificate) {
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            return names == null ? List.of() : names;
        } catch (CertificateParsingException _) {
            return List.of();
        }
    }

    /** Whether the certificate is good for that DNS name, given in lower case. */
    public boolean coversName(String dnsName) {
        if (dnsNames.contains(dnsName)) {
            return true;
        }
        int dot = dnsName.indexOf('.');
        return dot > 0 && dnsNames.contains("*" + dnsName.substring(dot));
    }

    /** Whether the certificate is good for that address. */
    public boolean coversAddress(InetAddress address) {
        return addresses.contains(IpAddressFormat.format(address));
    }
}
