package dev.gatehouse.connector.nio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.connector.nio.ProxyHeader.Result;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProxyHeaderTests {

    private static final String SIGNATURE = "0D0A0D0A000D0A515549540A";
    private static final String V4 = "C0000201 0A000001 D431 01BB";
    private static final String V6 =
            "20010DB8000000000000000000000007 20010DB8000000000000000000000001 D431 01BB";

    private static byte[] line(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** A header of version 2 from hexadecimal digits after the signature, blanks ignored. */
    private static byte[] binary(String digits) {
        return HexFormat.of().parseHex((SIGNATURE + digits).replace(" ", ""));
    }

    private static Result read(byte[] bytes) {
        byte[] first = Arrays.copyOf(bytes, Math.min(bytes.length, ProxyHeader.BUFFER_SIZE));
        return ProxyHeader.read(ByteBuffer.allocate(ProxyHeader.BUFFER_SIZE).put(first));
    }

    private static Result complete(int length, @Nullable String client) {
        return new Result.Complete(length, client == null ? null : InetAddress.ofLiteral(client));
    }

    @ParameterizedTest
    @CsvSource({
        "PROXY TCP4 192.0.2.1 10.0.0.1 54321 443, 192.0.2.1",
        "PROXY TCP4 255.255.255.255 0.0.0.0 65535 0, 255.255.255.255",
        "PROXY TCP6 2001:db8::7 ::1 1 2, 2001:db8::7",
        "PROXY TCP6 ::ffff:192.0.2.1 ::1 1 2, 192.0.2.1",
        "PROXY TCP6 ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"
                + " ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff 65535 65535,"
                + " ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
        "PROXY UNKNOWN,",
        "PROXY UNKNOWN whatever the sender adds \u00ff,"
    })
    void readWhenLineIsValidReturnsItsClient(String text, @Nullable String client) {
        assertThat(read(line(text + "\r\nGET / HTTP/1.1\r\n")))
                .isEqualTo(complete(text.length() + 2, client));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PROXY TCP4 192.0.2.1 10.0.0.1 54321 443\n",
                "PROXY TCP4 192.0.2.1 10.0.0.1 54321\r\n",
                "PROXY TCP4 192.0.2.1 10.0.0.1 54321 65536\r\n",
                "PROXY TCP4 192.0.2.1 10.0.0.1 054321 443\r\n",
                "PROXY TCP4 192.0.2.01 10.0.0.1 1 2\r\n",
                "PROXY TCP4 192.0.2.256 10.0.0.1 1 2\r\n",
                "PROXY TCP4 192.0.2 10.0.0.1 1 2\r\n",
                "PROXY TCP4 192.0.2.1. 10.0.0.1 1 2\r\n",
                "PROXY TCP4 ::1 10.0.0.1 1 2\r\n",
                "PROXY TCP4 192.0.2.1 10.0.0.1 1 2 \r\n",
                "PROXY  TCP4 192.0.2.1 10.0.0.1 1 2\r\n",
                "PROXY TCP6 192.0.2.1 ::1 1 2\r\n",
                "PROXY TCP6 fe80::1%lo ::1 1 2\r\n",
                "PROXY TCP6 [::1] ::1 1 2\r\n",
                "PROXY TCP6 1::2::3 ::1 1 2\r\n",
                "PROXY TCP5 192.0.2.1 10.0.0.1 1 2\r\n",
                "PROXY UNKNOWNX\r\n",
                "PROXY tcp4 192.0.2.1 10.0.0.1 1 2\r\n",
                "PROXY \r\n"
            })
    void readWhenLineBreaksTheProtocolReturnsInvalid(String text) {
        assertThat(read(line(text))).isEqualTo(new Result.Invalid());
    }

    @Test
    void readWhenLineIsLongerThan107BytesReturnsInvalid() {
        String longest = "PROXY UNKNOWN " + "x".repeat(91);

        assertThat(read(line(longest + "\r\n"))).isEqualTo(complete(107, null));
        assertThat(read(line(longest + "x\r\n"))).isEqualTo(new Result.Invalid());
    }

    @Test
    void readWhenBinaryNamesTcpReturnsItsClient() {
        assertThat(read(binary("21 11 000C" + V4))).isEqualTo(complete(28, "192.0.2.1"));
        assertThat(read(binary("21 21 0024" + V6))).isEqualTo(complete(52, "2001:db8::7"));
    }

    @Test
    void readWhenBinaryHasTlvsCountsThemInItsLength() {
        assertThat(read(binary("21 11 0011" + V4 + "04 0002 FFFF")))
                .isEqualTo(complete(33, "192.0.2.1"));
        assertThat(read(binary("21 11 FFFF" + V4))).isEqualTo(complete(65_551, "192.0.2.1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "20 11 000C" + V4, // LOCAL, whatever the addresses
                "20 00 0000",
                "21 00 0000", // unspecified
                "21 12 000C" + V4, // UDP
                "21 31 00D8" // a socket of Unix
            })
    void readWhenBinaryNamesNoTcpClientReturnsNone(String digits) {
        byte[] header = binary(digits);
        int length = 16 + ByteBuffer.wrap(header).getChar(14);

        assertThat(read(header)).isEqualTo(complete(length, null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "11 11 000C" + V4, // version 1
                "31 11 000C" + V4,
                "22 11 000C" + V4, // no such command
                "21 41 000C" + V4, // no such family
                "21 13 000C" + V4, // no such transport
                "21 11 000B" + V4, // too short for the addresses
                "21 21 0023" + V6
            })
    void readWhenBinaryBreaksTheProtocolReturnsInvalid(String digits) {
        assertThat(read(binary(digits))).isEqualTo(new Result.Invalid());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1\r\n",
                "POST / HTTP/1.1\r\n",
                "PROXY/ HTTP/1.1\r\n",
                "\u0016\u0003\u0001\u0002\u0000",
                "\r\nGET / HTTP/1.1\r\n",
                "\u0000"
            })
    void readWhenSomethingElseHasComeReturnsAbsent(String text) {
        assertThat(read(line(text))).isEqualTo(new Result.Absent());
    }

    static Stream<byte[]> valid() {
        return Stream.of(
                line("PROXY TCP4 192.0.2.1 10.0.0.1 54321 443\r\n"),
                line("PROXY TCP6 2001:db8::7 ::1 1 2\r\n"),
                line("PROXY UNKNOWN\r\n"),
                binary("21 11 000C" + V4),
                binary("21 21 0024" + V6),
                binary("20 00 0000"));
    }

    @ParameterizedTest
    @MethodSource("valid")
    void readWhenHeaderIsCutReturnsIncompleteUntilTheClientIsKnown(byte[] header) {
        Result whole = read(header);
        boolean isKnown = false;
        for (int length = 0; length < header.length; length++) {
            Result part = read(Arrays.copyOf(header, length));
            isKnown |= part.equals(whole);
            assertThat(part).isEqualTo(isKnown ? whole : new Result.Incomplete());
        }
        assertThat(whole).isInstanceOf(Result.Complete.class);
    }

    /** Whatever comes, a decision is final, and lengths are what the protocol allows. */
    @Test
    void readWhenHeadersAreChangedAtRandomNeverThrowsNorChangesItsMind() {
        Random random = new Random(42);
        List<byte[]> headers = valid().toList();
        for (int i = 0; i < 200_000; i++) {
            byte[] header = headers.get(random.nextInt(headers.size()));
            byte[] changed = Arrays.copyOf(header, random.nextInt(ProxyHeader.BUFFER_SIZE + 1));
            for (int changes = random.nextInt(4); changes > 0 && changed.length > 0; changes--) {
                changed[random.nextInt(changed.length)] = (byte) random.nextInt();
            }
            checkPrefixes(changed, random);
        }
    }

    private static void checkPrefixes(byte[] bytes, Random random) {
        Result whole = read(bytes);
        Result part = read(Arrays.copyOf(bytes, random.nextInt(bytes.length + 1)));
        if (!(part instanceof Result.Incomplete)) {
            assertThat(part).as(HexFormat.of().formatHex(bytes)).isEqualTo(whole);
        }
        if (whole instanceof Result.Complete(int length, _)) {
            assertThat(length).isBetween(15, 16 + 0xFFFF);
        }
        if (bytes.length == ProxyHeader.BUFFER_SIZE) {
            assertThat(whole).isNotInstanceOf(Result.Incomplete.class);
        }
    }
}
