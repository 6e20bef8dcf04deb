package dev.gatehouse.tools.outbound;

import dev.gatehouse.tools.outbound.FetchResult.CertificateProblem;
import java.net.Socket;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.X509ExtendedTrustManager;

/** Accepts what a browser accepts, and names the problem of what it does not. */
final class VerifyingTrustManager extends SocketTrustManager {

    private final X509ExtendedTrustManager roots;

    VerifyingTrustManager(X509ExtendedTrustManager roots) {
        this.roots = roots;
    }

    /** A certificate is not accepted. */
    static final class RejectedCertificateException extends CertificateException {

        private static final long serialVersionUID = 1L;

        private final CertificateProblem problem;

        private RejectedCertificateException(CertificateProblem problem, CertificateException ex) {
            super(ex.getMessage(), ex);
            this.problem = problem;
        }

        CertificateProblem problem() {
            return problem;
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] sent, String authType, Socket socket)
            throws CertificateException {
        try {
            roots.checkServerTrusted(sent, authType, socket);
        } catch (CertificateException ex) {
            throw new RejectedCertificateException(problem(ex, sent, authType), ex);
        }
        String host = ((SSLSocket) socket).getHandshakeSession().getPeerHost();
        try {
            ServiceIdentity.require(host, sent[0]);
        } catch (CertificateException ex) {
            throw new RejectedCertificateException(CertificateProblem.WRONG_NAME, ex);
        }
    }

    private CertificateProblem problem(
            CertificateException ex, X509Certificate[] sent, String authType) {
        for (Throwable cause = ex; cause != null; cause = cause.getCause()) {
            switch (cause) {
                case CertificateExpiredException _ -> {
                    return CertificateProblem.EXPIRED;
                }
                case CertificateNotYetValidException _ -> {
                    return CertificateProblem.NOT_YET_VALID;
                }
                case CertPathBuilderException _ -> {
                    boolean self =
                            sent[0].getIssuerX500Principal()
                                    .equals(sent[0].getSubjectX500Principal());
                    return self
                            ? CertificateProblem.SELF_SIGNED
                            : CertificateProblem.UNKNOWN_ISSUER;
                }
                default -> {} // the reason may be a cause of it
            }
        }
        return isTrustedWithoutName(sent, authType)
                ? CertificateProblem.WRONG_NAME
                : CertificateProblem.NOT_ACCEPTED;
    }

    private boolean isTrustedWithoutName(X509Certificate[] sent, String authType) {
        try {
            roots.checkServerTrusted(sent, authType);
            return true;
        } catch (CertificateException _) {
            return false;
        }
    }
}
