package dev.gatehouse.tools.outbound;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** Accepts every certificate, and records what a browser would say about it. */
final class RecordingTrustManager extends SocketTrustManager {

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
            nameProblem = problem(() -> ServiceIdentity.require(host, sent[0]));
        }
    }

    private static @Nullable String problem(Check check) {
        try {
            check.run();
            return null;
        } catch (CertificateException ex) {
            return String.valueOf(ex.getMessage());
        }
    }

    @FunctionalInterface
    private interface Check {

        void run() throws CertificateException;
    }
}
