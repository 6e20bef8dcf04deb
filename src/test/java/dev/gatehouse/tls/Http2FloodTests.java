package dev.gatehouse.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.connector.ConnectorName;
import dev.gatehouse.testing.RawHttp;
import dev.gatehouse.testing.RunningGatehouse;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Floods over HTTP/2 end with a GOAWAY, and with nothing in the log. */
@ParameterizedClass
@ValueSource(strings = {"jsse", "conscrypt"})
@ExtendWith(OutputCaptureExtension.class)
@SuppressWarnings("NullAway.Init") // JUnit starts it
class Http2FloodTests {

    private static final int HEADERS = 1;
    private static final int RST_STREAM = 3;
    private static final int SETTINGS = 4;
    private static final int PING = 6;
    private static final int GOAWAY = 7;
    private static final int CONTINUATION = 9;
    private static final int END_STREAM = 1;
    private static final int END_HEADERS = 4;

    /** GET https://localhost/ in HPACK's static table. */
    private static final byte[] GET = {
        (byte) 0x82, (byte) 0x87, (byte) 0x84, 0x41, 9, 'l', 'o', 'c', 'a', 'l', 'h', 'o', 's', 't'
    };

    private static RunningGatehouse gatehouse;

    @Parameter String engine;

    private SSLSocket socket;
    private OutputStream out;
    private CompletableFuture<Boolean> goneAway;

    @BeforeParameterizedClassInvocation
    static void start(String engine) {
        gatehouse = RunningGatehouse.start("gatehouse.tls.engine=" + engine);
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        gatehouse.close();
    }

    @BeforeEach
    void connect() throws IOException {
        socket =
                TlsClient.connect(
                        new SocketOfUnnoticedFailures(gatehouse.port(ConnectorName.HTTPS)),
                        hello -> hello.setApplicationProtocols(new String[] {"h2"}));
        out = socket.getOutputStream();
        out.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        out.write(frame(SETTINGS, 0, 0, new byte[0]));
        goneAway =
                CompletableFuture.supplyAsync(
                        this::readsGoAway, task -> Thread.ofPlatform().daemon().start(task));
    }

    @AfterEach
    void close() throws IOException {
        socket.close();
    }

    @Test
    void goAwayWhenStreamsAreResetRapidly(CapturedOutput output) {
        flood(
                20_000,
                i -> {
                    byte[] open = frame(HEADERS, END_STREAM | END_HEADERS, 2 * i + 1, GET);
                    byte[] reset = frame(RST_STREAM, 0, 2 * i + 1, new byte[] {0, 0, 0, 8});
                    return concat(open, reset);
                });

        assertThatItWentAwayQuietly(output);
    }

    @Test
    void goAwayWhenContinuationsNeverEnd(CapturedOutput output) throws IOException {
        out.write(frame(HEADERS, END_STREAM, 1, GET));
        byte[] field = {0x40, 1, 'a', 1, 'b'}; // a new field, and a small one
        flood(50_000, _ -> frame(CONTINUATION, 0, 1, field));

        assertThatItWentAwayQuietly(output);
    }

    @Test
    void goAwayWhenPingsAreAFlood(CapturedOutput output) {
        flood(50_000, _ -> frame(PING, 0, 0, new byte[8]));

        assertThatItWentAwayQuietly(output);
    }

    @Test
    void goAwayWhenSettingsAreAFlood(CapturedOutput output) {
        flood(50_000, _ -> frame(SETTINGS, 0, 0, new byte[0]));

        assertThatItWentAwayQuietly(output);
    }

    private void assertThatItWentAwayQuietly(CapturedOutput output) {
        assertThat(goneAway.join()).isTrue();
        assertThat(gatehouse.https(RawHttp.request("GET /ping HTTP/1.1", "Host: localhost")).body())
                .isEqualTo("pong");
        assertThat(output.getOut().lines().filter(line -> !line.contains(" main] "))) // the start
                .noneMatch(line -> line.contains(" ERROR ") || line.contains(" WARN "))
                .noneMatch(line -> line.startsWith("\tat "));
    }

    private interface Frames {
        byte[] number(int i);
    }

    /** Sends until all is sent or the server has said that it goes. */
    private void flood(int count, Frames frames) {
        try {
            for (int i = 0; i < count && !goneAway.isDone(); i++) {
                out.write(frames.number(i));
            }
        } catch (IOException _) {
            // closed by the server, which is what is wanted
        }
    }

    /**
     * Writes to a closed connection without a failure: TLS would close its half too, and what the
     * server said before would be lost.
     */
    private static final class SocketOfUnnoticedFailures extends Socket {

        SocketOfUnnoticedFailures(int port) throws IOException {
            super(InetAddress.getLoopbackAddress(), port);
            setSoTimeout(60_000);
        }

        @Override
        public OutputStream getOutputStream() throws IOException {
            OutputStream plain = super.getOutputStream();
            return new FilterOutputStream(plain) {
                @Override
                public void write(byte[] bytes, int offset, int length) {
                    try {
                        plain.write(bytes, offset, length);
                    } catch (IOException _) {
                        return; // closed by the server
                    }
                }
            };
        }
    }

    private boolean readsGoAway() {
        try {
            DataInputStream in = new DataInputStream(socket.getInputStream());
            while (true) {
                int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
                int type = in.readUnsignedByte();
                in.readNBytes(5 + length);
                if (type == GOAWAY) {
                    return true;
                }
            }
        } catch (IOException _) {
            return false;
        }
    }

    private static byte[] concat(byte[] one, byte[] other) {
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        both.writeBytes(one);
        both.writeBytes(other);
        return both.toByteArray();
    }

    private static byte[] frame(int type, int flags, int stream, byte[] payload) {
        byte[] head = {
            0,
            (byte) (payload.length >> 8),
            (byte) payload.length,
            (byte) type,
            (byte) flags,
            (byte) (stream >> 24),
            (byte) (stream >> 16),
            (byte) (stream >> 8),
            (byte) stream
        };
        return concat(head, payload);
    }
}
