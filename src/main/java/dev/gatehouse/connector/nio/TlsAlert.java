package dev.gatehouse.connector.nio;

/** An alert that ends a handshake before an engine has been created (RFC 8446, 6.2). */
enum TlsAlert {
    UNEXPECTED_MESSAGE(10),
    RECORD_OVERFLOW(22),
    HANDSHAKE_FAILURE(40),
    ILLEGAL_PARAMETER(47),
    DECODE_ERROR(50),
    PROTOCOL_VERSION(70),
    NO_APPLICATION_PROTOCOL(120);

    private static final byte ALERT = 21;
    private static final byte FATAL = 2;

    private final byte description;

    TlsAlert(int description) {
        this.description = (byte) description;
    }

    /** The alert as a record of TLS 1.2, which is what TLS 1.3 sends too. */
    byte[] record() {
        return new byte[] {ALERT, 3, 3, 0, 2, FATAL, description};
    }
}
