package dev.gatehouse.connector.nio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.connector.nio.ClientHelloReader.Result;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientHelloReaderTests {

    private static final byte[] HELLO = hello();

    private final ClientHelloReader reader = new ClientHelloReader();
    private final ByteBuffer buffer = ByteBuffer.allocate(ClientHelloReader.BUFFER_SIZE);

    /** As the JDK's client sends it, in one record. */
    private static byte[] hello() {
        try {
            SSLEngine client = SSLContext.getDefault().createSSLEngine();
            client.setUseClientMode(true);
            SSLParameters parameters = client.getSSLParameters();
            parameters.setServerNames(List.of(new SNIHostName("Shop.example.com")));
            parameters.setApplicationProtocols(new String[] {"h2", "http/1.1"});
            client.setSSLParameters(parameters);
            ByteBuffer record = ByteBuffer.allocate(1 << 15);
            client.wrap(ByteBuffer.allocate(0), record);
            return Arrays.copyOf(record.array(), record.position());
        } catch (NoSuchAlgorithmException | SSLException ex) {
            throw new IllegalStateException(ex);
        }
    }

    private Result receive(byte[] bytes) {
        buffer.put(bytes);
        return reader.read(buffer);
    }

    private byte[] received() {
        return Arrays.copyOf(buffer.array(), buffer.position());
    }

    private static byte[] record(byte[] message, int from, int to) {
        return ByteBuffer.allocate(5 + to - from)
                .put((byte) 22)
                .putChar((char) 0x0303)
                .putChar((char) (to - from))
                .put(message, from, to - from)
                .array();
    }

    private static byte[] message() {
        return Arrays.copyOfRange(HELLO, 5, HELLO.length);
    }

    private static ClientHello complete(Result result) {
        assertThat(result).isInstanceOf(Result.Complete.class);
        return ((Result.Complete) result).hello();
    }

    @Test
    void readWhenHelloIsInOneRecordReturnsWhatItOffers() {
        ClientHello hello = complete(receive(HELLO));

        assertThat(hello.serverName()).isEqualTo("shop.example.com");
        assertThat(hello.applicationProtocols()).containsExactly("h2", "http/1.1");
        assertThat(hello.versions()).containsExactly("TLSv1.3", "TLSv1.2");
        assertThat(hello.ciphers()).isNotEmpty();
        assertThat(hello.signatureSchemes()).isNotEmpty();
        assertThat(received()).isEqualTo(HELLO);
    }

    @Test
    void readWhenHelloIsSplitIntoTwoRecordsAtAnyByteReassemblesIt() {
        byte[] message = message();
        for (int split = 1; split < message.length; split++) {
            ClientHelloReader split2 = new ClientHelloReader();
            buffer.clear();
            buffer.put(record(message, 0, split)).put(record(message, split, message.length));
            buffer.put((byte) 20); // the first byte of what follows

            ClientHello hello = complete(split2.read(buffer));

            assertThat(hello.serverName()).isEqualTo("shop.example.com");
            assertThat(received())
                    .as("split at %s", split)
                    .startsWith(record(message, 0, message.length))
                    .hasSize(HELLO.length + 1)
                    .endsWith(20);
        }
    }

    @Test
    void readWhenHelloIsSplitIntoTwoSegmentsAtAnyByteReturnsItWithTheSecond() {
        for (int split = 1; split < HELLO.length; split++) {
            ClientHelloReader twice = new ClientHelloReader();
            buffer.clear();
            buffer.put(HELLO, 0, split);
            assertThat(twice.read(buffer)).isInstanceOf(Result.Incomplete.class);
            buffer.put(HELLO, split, HELLO.length - split);

            complete(twice.read(buffer));

            assertThat(received()).as("split at %s", split).isEqualTo(HELLO);
        }
    }

    @Test
    void readWhenEachByteIsARecordInASegmentOfItsOwnReassemblesIt() {
        byte[] message = message();
        Result result = new Result.Incomplete();
        for (int i = 0; i < message.length; i++) {
            for (byte next : record(message, i, i + 1)) {
                result = receive(new byte[] {next});
            }
        }

        complete(result);
        assertThat(received()).isEqualTo(record(message, 0, message.length));
    }

    @Test
    void readWhenHelloIsAsLongAsARecordMayBeReturnsIt() {
        byte[] longest = padded(1 << 14);
        for (int i = 0; i < longest.length; i += 100) {
            Result result = receive(record(longest, i, Math.min(i + 100, longest.length)));
            assertThat(result).isNotInstanceOf(Result.Invalid.class);
            assertThat(buffer.remaining()).isPositive();
        }

        assertThat(received()).isEqualTo(record(longest, 0, longest.length));
    }

    /** The hello with an extension of padding (RFC 7685), to be of that length. */
    private static byte[] padded(int length) {
        byte[] message = message();
        byte[] padded = Arrays.copyOf(message, length);
        ByteBuffer bytes = ByteBuffer.wrap(padded);
        bytes.putInt(0, (1 << 24) + length - 4);
        int extensions = 4 + 2 + 32;
        extensions += 1 + padded[extensions];
        extensions += 2 + bytes.getChar(extensions);
        extensions += 1 + padded[extensions];
        bytes.putChar(extensions, (char) (length - extensions - 2));
        bytes.putChar(message.length, (char) 21);
        bytes.putChar(message.length + 2, (char) (length - message.length - 4));
        return padded;
    }

    @ParameterizedTest
    @CsvSource({
        "160301ffff, RECORD_OVERFLOW",
        "1603014001, RECORD_OVERFLOW",
        "1603010000, UNEXPECTED_MESSAGE",
        "16030100020200, UNEXPECTED_MESSAGE",
        "160301000401004000, ILLEGAL_PARAMETER",
        "16030100040100ffff, ILLEGAL_PARAMETER",
        "160301000401000000, DECODE_ERROR",
        "16030100050100000000, UNEXPECTED_MESSAGE",
        "1604, PROTOCOL_VERSION",
        "802e, PROTOCOL_VERSION",
        "15, UNEXPECTED_MESSAGE",
        "17, UNEXPECTED_MESSAGE",
        "00, UNEXPECTED_MESSAGE",
        "160301000101 17, UNEXPECTED_MESSAGE",
    })
    void readWhenBytesAreNoHelloReturnsAlert(String hex, TlsAlert alert) {
        assertThat(receive(HexFormat.of().parseHex(hex.replace(" ", ""))))
                .isEqualTo(new Result.Invalid(alert));
    }

    @Test
    void readWhenHelloIsTruncatedInsideReturnsDecodeError() {
        byte[] message = message();
        for (int length = 4; length < message.length; length++) {
            byte[] shorter = Arrays.copyOf(message, length);
            ByteBuffer.wrap(shorter).putInt(0, (1 << 24) + length - 4);
            ClientHelloReader once = new ClientHelloReader();
            buffer.clear();

            Result result = once.read(buffer.put(record(shorter, 0, length)));

            if (!(result instanceof Result.Complete)) { // which it is without any extension
                assertThat(result).isEqualTo(new Result.Invalid(TlsAlert.DECODE_ERROR));
            }
        }
    }

    @Test
    void readWhenBytesAreRandomNeverThrows() {
        Random random = new Random(26);
        for (int i = 0; i < 20_000; i++) {
            byte[] broken = HELLO.clone();
            for (int flips = random.nextInt(8); flips >= 0; flips--) {
                broken[random.nextInt(broken.length)] = (byte) random.nextInt();
            }
            buffer.clear();
            assertThat(new ClientHelloReader().read(buffer.put(broken))).isNotNull();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET / HTTP/1.1\r\n", "POST /x HTTP/1.0\n", "get / HTTP/1.1\r\nHost:"})
    void readWhenRequestLineOfPlainHttpIsCompleteSaysSo(String request) {
        byte[] bytes = request.getBytes(StandardCharsets.US_ASCII);
        assertThat(receive(Arrays.copyOf(bytes, 3))).isInstanceOf(Result.Incomplete.class);

        assertThat(receive(Arrays.copyOfRange(bytes, 3, bytes.length)))
                .isInstanceOf(Result.PlainHttp.class);
    }

    @Test
    void readWhenLettersNeverEndReturnsAlert() {
        byte[] letters = "a".repeat(1 << 13).getBytes(StandardCharsets.US_ASCII);

        assertThat(receive(letters)).isEqualTo(new Result.Invalid(TlsAlert.UNEXPECTED_MESSAGE));
    }
}
