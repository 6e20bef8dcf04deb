package dev.gatehouse.tools.frontdoor;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * The first message of a TLS handshake (RFC 5246, 7.4.1.2), of our own bytes: to see whether a
 * server still takes what this JVM rightly would not offer, without weakening the JVM.
 */
final class ClientHello {

    private static final int[] OLD_SUITES = {
        0xc013, 0xc014, 0xc009, 0xc00a, 0x002f, 0x0035, 0x0033, 0x0039, 0x000a, 0xc012
    };
    private static final int TLS_1_2 = 3;
    private static final int RECORD_HANDSHAKE = 0x16;
    private static final int SERVER_HELLO = 0x02;

    private ClientHello() {}

    /** Offers that version as the newest. */
    static byte[] upTo(TlsVersion version, String host) {
        return hello(version.minor(), OLD_SUITES, host);
    }

    /** Offers TLS 1.2 with nothing but those suites. */
    static byte[] with(WeakSuites suites, String host) {
        return hello(TLS_1_2, suites.codes(), host);
    }

    /** Whether these bytes begin with a ServerHello of that version: offered, and taken. */
    static boolean isAccepted(byte[] answer, int minor) {
        return isServerHello(answer) && answer.length > 10 && answer[10] == minor;
    }

    /** Whether a server took the hello with the weak suites. */
    static boolean isAccepted(byte[] answer) {
        return isAccepted(answer, TLS_1_2);
    }

    /** Whether the bytes are TLS at all: a ServerHello, or an alert. */
    static boolean isTls(byte[] answer) {
        return answer.length > 2
                && (answer[0] == RECORD_HANDSHAKE || answer[0] == 0x15)
                && answer[1] == 3;
    }

    private static boolean isServerHello(byte[] answer) {
        return answer.length > 5 && answer[0] == RECORD_HANDSHAKE && answer[5] == SERVER_HELLO;
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
        out.write(new byte[32]); // nothing secret ever follows
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
