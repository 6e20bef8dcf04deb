package dev.gatehouse.tools.outbound;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** Accepts every certificate, and records what a browser would say about it. */
final class RecordingTrustManager extends X509ExtendedTrustManager {

    private static final int DNS_NAME = 2; // RFC 5280, 4.2.1.6

    private final X509ExtendedTrustManager validator;
    private final String host;
    private List<X509Certificate> chain = List.of();
    private @Nullable String chainProblem;
    private @Nullable String nameProblem;

    /** Validates certificates of that host. */
    RecordingTrustManager(X509ExtendedTrustManager validator, String host) {
        this.validator = validator;
        this.host = host;
    }

    /** Trusts the roots of that store, or else the JVM's own, which are the public ones. */
    static X509ExtendedTrustManager roots(@Nullable KeyStore store) {
        try {
            TrustManagerFactory factory =
                    TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            return (X509ExtendedTrustManager) factory.getTrustManagers()[0];
        } catch (GeneralSecurityException ex) {
            throw new IllegalStateException(ex); // every Java platform has PKIX
        }
    }

    List<X509Certificate> chain() {
        return chain;
    }

    @Nullable String chainProblem() {
        return chainProblem;
    }

    @Nullable String nameProblem() {
        return nameProblem;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] sent, String authType, Socket socket) {
        chain = List.copyOf(Arrays.asList(sent));
        chainProblem = problem(() -> validator.checkServerTrusted(sent, authType));
        if (chainProblem == null) {
            nameProblem = problem(() -> validator.checkServerTrusted(sent, authType, socket));
        }
        if (chainProblem == null && nameProblem == null) {
            nameProblem = problem(() -> requireDnsName(sent[0]));
        }
    }

    /**
     * RFC 9525: the common name is not read, and a wildcard is a whole label. The JDK falls back to
     * the common name (RFC 2818).
     */
    private void requireDnsName(X509Certificate certificate) throws CertificateException {
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

    private static @Nullable String problem(Check check) {
        try {
            check.run();
            return null;
        } catch (CertificateException ex) {
            return String.valueOf(ex.getMessage());
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] sent, String authType, SSLEngine engine) {
        throw new UnsupportedOperationException("Only sockets are used");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] sent, String authType) {
        throw new UnsupportedOperationException("Only sockets are used");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] sent, String authType) {
        throw new UnsupportedOperationException("Clients only");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] sent, String authType, Socket socket) {
        throw new UnsupportedOperationException("Clients only");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] sent, String authType, SSLEngine engine) {
        throw new UnsupportedOperationException("Clients only");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }

    @FunctionalInterface
    private interface Check {

        void run() throws CertificateException;
    }
}
