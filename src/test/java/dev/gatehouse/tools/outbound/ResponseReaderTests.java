package dev.gatehouse.tools.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Responses in one-byte pieces: each has the same result as in one piece. */
class ResponseReaderTests {

    private static final String CHUNKED = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";

    @Test
    void headWhenLinesEndWithLfOrAreFoldedIsRead() throws IOException {
        RawResponse response = read("GET", "HTTP/1.1 200 OK\nA: b\n c\n\td\r\nE:f\n\nbody");

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.values("a")).containsExactly("b c d");
        assertThat(response.header("e")).contains("f");
        assertThat(response.body()).isEqualTo("body");
    }

    @Test
    void interimResponsesAreSkippedButNot101() throws IOException {
        String interim = "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nA: b\r\n\r\n";

        assertThat(read("GET", interim + "HTTP/1.1 503 Down\r\n\r\n").status()).isEqualTo(503);
        assertThat(read("GET", interim + "HTTP/1.1 101 Switching\r\n\r\n").status()).isEqualTo(101);
    }

    @Test
    void bodyWhenChunkedIsJoinedWithoutChunkHeadersAndTrailers() throws IOException {
        assertThat(
                        read(
                                        "GET",
                                        CHUNKED
                                                + "3;x=y\r\nabc\r\nA\r\n0123456789\r\n0\r\nT: x\r\n\r\n")
                                .body())
                .isEqualTo("abc0123456789");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"3\r\nabc\r\n5\r\nde", "3\r\nabcX\r\n", "3\r\nabc\r\nzz\r\n", "3\r\nabc"})
    void bodyWhenItsChunksBreakIsWhatCameBefore(String chunks) throws IOException {
        assertThat(read("GET", CHUNKED + chunks).body()).startsWith("abc");
    }

    @Test
    void bodyWhenNoneIsExpectedIsNotRead() throws IOException {
        String length = "Content-Length: 4\r\n\r\nbody";

        assertThat(read("HEAD", "HTTP/1.1 200 OK\r\n" + length).body()).isEmpty();
        assertThat(read("GET", "HTTP/1.1 204 No\r\n" + length).body()).isEmpty();
        assertThat(read("GET", "HTTP/1.1 304 Not\r\n" + length).body()).isEmpty();
        assertThat(read("GET", "HTTP/1.1 200 OK\r\n" + length + "more").body()).isEqualTo("body");
    }

    @Test
    void bodyWhenLargeIsReadToItsLimit() throws IOException {
        assertThat(read("GET", "HTTP/1.1 200 OK\r\n\r\n" + "x".repeat(300_000)).body())
                .hasSize(256 * 1024);
    }

    @Test
    void responseWhenItIsNoneFails() {
        assertThatExceptionOfType(EOFException.class).isThrownBy(() -> read("GET", ""));
        assertThatExceptionOfType(EOFException.class)
                .isThrownBy(() -> read("GET", "HTTP/1.1 200 OK\r\nA: b\r\n"));
        assertThatExceptionOfType(ProtocolException.class)
                .isThrownBy(() -> read("GET", "SSH-2.0-x\r\n\r\n"));
        assertThatExceptionOfType(ProtocolException.class)
                .isThrownBy(() -> read("GET", "HTTP/2 200\r\n\r\n"));
        assertThatExceptionOfType(ResourceBudget.SpentException.class)
                .isThrownBy(() -> read("GET", "HTTP/1.1 200 OK\r\n" + "a:b\r\n".repeat(100_000)));
        assertThatExceptionOfType(ResourceBudget.SpentException.class)
                .isThrownBy(() -> read("GET", "HTTP/1.1 100 C\r\n\r\n".repeat(100_000)));
    }

    private static RawResponse read(String method, String response) throws IOException {
        RawRequest request = RawRequest.of(method, "/", "site.test", "test");
        byte[] bytes = response.getBytes(StandardCharsets.ISO_8859_1);
        return new ResponseReader(new OneByteInputStream(bytes), request).read();
    }

    private static final class OneByteInputStream extends ByteArrayInputStream {

        OneByteInputStream(byte[] bytes) {
            super(bytes);
        }

        @Override
        public synchronized int read(byte[] target, int offset, int length) {
            return super.read(target, offset, Math.min(1, length));
        }

        @Override
        public synchronized int available() {
            return 0;
        }
    }
}
