package dev.gatehouse.tools.frontdoor;

/** TLS versions that nobody should accept any more (RFC 8996), by testssl.sh's ids. */
enum TlsVersion {
    TLS_1_0("TLS1", 1),
    TLS_1_1("TLS1_1", 2);

    private final String id;
    private final int minor;

    TlsVersion(String id, int minor) {
        this.id = id;
        this.minor = minor;
    }

    String id() {
        return id;
    }

    int minor() {
        return minor;
    }
}
