package dev.gatehouse.connector.nio;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import org.apache.tomcat.util.net.openssl.ciphers.Cipher;
import org.apache.tomcat.util.net.openssl.ciphers.SignatureScheme;
import org.jspecify.annotations.Nullable;

/**
 * What a ClientHello (RFC 8446, 4.1.2) offers, as far as the server needs it to select a
 * certificate and a protocol before it creates an engine. Values that Tomcat does not know, GREASE
 * among them, are left out.
 *
 * @param serverName the requested host in lower case, or null without the extension
 * @param versions as Java names them: {@code TLSv1.3}
 */
public record ClientHello(
        @Nullable String serverName,
        List<Cipher> ciphers,
        List<String> applicationProtocols,
        List<String> versions,
        List<SignatureScheme> signatureSchemes) {

    private static final int SERVER_NAME = 0;
    private static final int SIGNATURE_ALGORITHMS = 13;
    private static final int APPLICATION_PROTOCOLS = 16;
    private static final int SUPPORTED_VERSIONS = 43;

    private static final Set<SignatureScheme> SHA_1 =
            EnumSet.of(SignatureScheme.rsa_pkcs1_sha1, SignatureScheme.ecdsa_sha1);

    private static final int RANDOM_LENGTH = 32;

    /**
     * Parses a handshake message's body.
     *
     * @return empty if its lengths contradict each other
     */
    public static Optional<ClientHello> parse(ByteBuffer body) {
        try {
            return Optional.of(parseFields(body));
        } catch (BufferUnderflowException | IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    /**
     * Whether it would have TLS 1.2 sign with SHA-1 (RFC 9155), which is also what a hello without
     * the extension means. BoringSSL would; JSSE refuses by itself.
     */
    boolean verifiesOnlySha1() {
        return versions.contains("TLSv1.2")
                && !versions.contains("TLSv1.3")
                && SHA_1.containsAll(signatureSchemes);
    }

    private static ClientHello parseFields(ByteBuffer body) {
        int legacyVersion = body.getChar();
        skip(body, RANDOM_LENGTH);
        skip(body, unsignedByte(body)); // session ID
        List<Cipher> ciphers = values(vector16(body), Cipher::valueOf);
        skip(body, unsignedByte(body)); // compression methods
        Extensions extensions = new Extensions();
        if (body.hasRemaining()) {
            ByteBuffer all = vector16(body);
            while (all.hasRemaining()) {
                extensions.read(all.getChar(), vector16(all));
            }
            requireEnd(body);
        }
        return extensions.hello(ciphers, legacyVersion);
    }

    /** The extensions that matter, while they are read. */
    private static final class Extensions {

        private @Nullable String serverName;
        private List<String> applicationProtocols = List.of();
        private List<String> versions = List.of();
        private List<SignatureScheme> signatureSchemes = List.of();

        void read(int type, ByteBuffer data) {
            switch (type) {
                case SERVER_NAME -> serverName = readServerName(vector16(data));
                case SIGNATURE_ALGORITHMS ->
                        signatureSchemes = values(vector16(data), SignatureScheme::valueOf);
                case APPLICATION_PROTOCOLS -> applicationProtocols = readNames(vector16(data));
                case SUPPORTED_VERSIONS ->
                        versions = values(slice(data, unsignedByte(data)), ClientHello::version);
                default -> data.position(data.limit());
            }
            requireEnd(data);
        }

        ClientHello hello(List<Cipher> ciphers, int legacyVersion) {
            String legacy = version(legacyVersion);
            List<String> offered =
                    versions.isEmpty() && legacy != null ? List.of(legacy) : versions;
            return new ClientHello(
                    serverName, ciphers, applicationProtocols, offered, signatureSchemes);
        }
    }

    /** The one name of the list: its only type is a host name (RFC 6066, 3). */
    private static String readServerName(ByteBuffer list) {
        skip(list, 1);
        ByteBuffer name = vector16(list);
        requireEnd(list);
        return ascii(name).toLowerCase(Locale.ROOT);
    }

    private static List<String> readNames(ByteBuffer list) {
        List<String> names = new ArrayList<>();
        while (list.hasRemaining()) {
            names.add(ascii(slice(list, unsignedByte(list))));
        }
        return names;
    }

    private static <T> List<T> values(ByteBuffer list, IntFunction<@Nullable T> known) {
        List<T> values = new ArrayList<>(list.remaining() / Character.BYTES);
        while (list.hasRemaining()) {
            T value = known.apply(list.getChar());
            if (value != null) {
                values.add(value);
            }
        }
        return values;
    }

    private static @Nullable String version(int code) {
        return switch (code) {
            case 0x0301 -> "TLSv1";
            case 0x0302 -> "TLSv1.1";
            case 0x0303 -> "TLSv1.2";
            case 0x0304 -> "TLSv1.3";
            default -> null;
        };
    }

    private static ByteBuffer vector16(ByteBuffer data) {
        return slice(data, data.getChar());
    }

    private static ByteBuffer slice(ByteBuffer data, int length) {
        if (length > data.remaining()) {
            throw new BufferUnderflowException();
        }
        ByteBuffer slice = data.slice(data.position(), length);
        skip(data, length);
        return slice;
    }

    private static void skip(ByteBuffer data, int length) {
        data.position(data.position() + length);
    }

    private static int unsignedByte(ByteBuffer data) {
        return Byte.toUnsignedInt(data.get());
    }

    private static String ascii(ByteBuffer bytes) {
        byte[] text = new byte[bytes.remaining()];
        bytes.get(text);
        return new String(text, StandardCharsets.ISO_8859_1); // a decoder would be made anew
    }

    private static void requireEnd(ByteBuffer data) {
        if (data.hasRemaining()) {
            throw new IllegalArgumentException("Bytes beyond the last field");
        }
    }
}
