package dev.gatehouse.tools.frontdoor;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * The first message of a TLS handshake (RFC 5246, 7.4.1.2), written byte by byte: it shows what a
 * server still accepts, though this JVM rightly does not offer it.
 */
final class ClientHello {

    private static final int[] OLD_SUITES = {
        0xc013, 0xc014, 0xc009, 0xc00a, 0x002f, 0x0035, 0x0033, 0x0039, 0x000a, 0xc012
    };
    private static final int TLS_1_2 = 3;
    private static final int RECORD_HANDSHAKE = 0x16;
    private static final int SERVER_HELLO = 0x02;

    private ClientHello() {}

    /** TLS versions that no server should accept (RFC 8996), by testssl.sh's ids. */
    enum OldVersion {
        TLS_1_0("TLS1", 1),
        TLS_1_1("TLS1_1", 2);

        private final String id;
        private final int minor;

        OldVersion(String id, int minor) {
            this.id = id;
            this.minor = minor;
        }

        String id() {
            return id;
        }

        /** A hello that offers this version as the newest. */
        byte[] hello(String host) {
            return ClientHello.hello(minor, OLD_SUITES, host);
        }

        boolean isAccepted(byte[] response) {
            return ClientHello.isAccepted(response, minor);
        }
    }

    /** Families of cipher suites that no server should accept, by testssl.sh's ids. */
    enum WeakSuites {
        NULL("cipherlist_NULL", 0x0001, 0x0002, 0x003b, 0xc010, 0xc006),
        ANONYMOUS("cipherlist_aNULL", 0x0018, 0x0034, 0x003a, 0x006c, 0x00a6, 0xc018, 0xc019),
        EXPORT("cipherlist_EXPORT", 0x0003, 0x0006, 0x0008, 0x0014),
        RC4("cipherlist_LOW", 0x0004, 0x0005, 0xc007, 0xc011, 0x0009),
        TRIPLE_DES("cipherlist_3DES_IDEA", 0x000a, 0x0016, 0xc008, 0xc012, 0x0007);

        private final String id;

        @SuppressWarnings("ImmutableEnumChecker") // given out as a copy only
        private final int[] codes;

        WeakSuites(String id, int... codes) {
            this.id = id;
            this.codes = codes;
        }

        String id() {
            return id;
        }

        int[] codes() {
            return codes.clone();
        }

        /** A hello that offers TLS 1.2 with these suites only. */
        byte[] hello(String host) {
            return ClientHello.hello(TLS_1_2, codes, host);
        }

        boolean isAccepted(byte[] response) {
            return ClientHello.isAccepted(response, TLS_1_2);
        }
    }

    private static boolean isAccepted(byte[] response, int minor) {
        return isServerHello(response) && response.length > 10 && response[10] == minor;
    }

    /** Whether the bytes are TLS at all: a ServerHello, or an alert. */
    static boolean isTls(byte[] response) {
        return response.length > 2
                && (response[0] == RECORD_HANDSHAKE || response[0] == 0x15)
                && response[1] == 3;
    }

    private static boolean isServerHello(byte[] response) {
        return response.length > 5
                && response[0] == RECORD_HANDSHAKE
                && response[5] == SERVER_HELLO;
    }

    private static byte[] hello(int minor, int[] suites, String host) {
        byte[] body = bytes(out -> body(out, minor, suites, host));
        byte[] message =
                bytes(
                        out -> {
                            out.writeByte(1);
                            out.writeByte(0);
                            out.writeShort(body.length);
                            out.write(body);
                        });
        return bytes(
                out -> {
                    out.writeByte(RECORD_HANDSHAKE);
                    out.writeShort(0x0301);
                    out.writeShort(message.length);
                    out.write(message);
                });
    }

    private static void body(DataOutputStream out, int minor, int[] suites, String host)
            throws IOException {
        out.writeByte(3);
        out.writeByte(minor);
        out.write(new byte[32]); // nothing secret follows
        out.writeByte(0);
        out.writeShort(2 * suites.length);
        for (int suite : suites) {
            out.writeShort(suite);
        }
        out.writeShort(0x0100); // no compression
        byte[] extensions = bytes(ext -> extensions(ext, minor, host));
        out.writeShort(extensions.length);
        out.write(extensions);
    }

    private static void extensions(DataOutputStream out, int minor, String host)
            throws IOException {
        if (!host.startsWith("[") && !host.matches("[0-9.]+")) {
            serverName(out, host.getBytes(StandardCharsets.US_ASCII));
        }
        shorts(out, 0x000a, 0x001d, 0x0017, 0x0018); // groups
        out.write(new byte[] {0, 0x0b, 0, 2, 1, 0}); // uncompressed points
        if (minor == TLS_1_2) {
            shorts(out, 0x000d, 0x0403, 0x0804, 0x0401, 0x0503, 0x0501, 0x0203, 0x0201);
        }
    }

    private static void serverName(DataOutputStream out, byte[] name) throws IOException {
        out.writeShort(0);
        out.writeShort(name.length + 5);
        out.writeShort(name.length + 3);
        out.writeByte(0);
        out.writeShort(name.length);
        out.write(name);
    }

    private static void shorts(DataOutputStream out, int type, int... values) throws IOException {
        out.writeShort(type);
        out.writeShort(2 * values.length + 2);
        out.writeShort(2 * values.length);
        for (int value : values) {
            out.writeShort(value);
        }
    }

    private static byte[] bytes(Writing writing) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            writing.to(new DataOutputStream(bytes));
        } catch (IOException ex) {
            throw new UncheckedIOException(ex); // memory does not fail
        }
        return bytes.toByteArray();
    }

    @FunctionalInterface
    private interface Writing {
        void to(DataOutputStream out) throws IOException;
    }
}
