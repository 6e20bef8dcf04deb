package dev.gatehouse.tls;

/** A certificate and key that must not be served. Its message says why, as a clause. */
class UnusableCertificateException extends Exception {

    private static final long serialVersionUID = 1L;

    UnusableCertificateException(String reason) {
        super(reason);
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
