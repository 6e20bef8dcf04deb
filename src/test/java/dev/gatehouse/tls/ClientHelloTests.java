package dev.gatehouse.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.connector.ConnectorName;
import dev.gatehouse.testing.RawHttp;
import dev.gatehouse.testing.RunningGatehouse;
import dev.gatehouse.testing.TestCertificate;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.Consumer;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** The first bytes of a TLS connection, valid and not, with each engine. */
@ParameterizedClass(name = "{0}")
@ValueSource(strings = {"conscrypt", "jsse"})
@ExtendWith(OutputCaptureExtension.class)
class ClientHelloTests {

    private static final int BROKEN_HELLOS = 2_000;
    private static final byte[] ALERT = {21, 3, 3, 0, 2, 2};

    private final String engine;

    ClientHelloTests(String engine) {
        this.engine = engine;
    }

    private static @Nullable Fixture fixture;

    private record Fixture(RunningGatehouse gatehouse, TestCertificate shop) {}

    @BeforeParameterizedClassInvocation
    static void start(String engine, @TempDir Path folder) throws IOException {
        TestCertificate shop =
                TestCertificate.create(Instant.now().plus(Duration.ofDays(90)), "shop.test");
        shop.writeTo(folder);
        fixture =
                new Fixture(
                        RunningGatehouse.start(
                                "gatehouse.tls.engine=" + engine,
                                "gatehouse.tls.certificates[0].names=shop.test",
                                "gatehouse.tls.certificates[0].certificate="
                                        + folder.resolve("tls.crt"),
                                "gatehouse.tls.certificates[0].private-key="
                                        + folder.resolve("tls.key")),
                        shop);
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        fixture().gatehouse().close();
    }

    private static Fixture fixture() {
        return Objects.requireNonNull(fixture);
    }

    private static int port() {
        return fixture().gatehouse().port(ConnectorName.HTTPS);
    }

    /** How a client sends its hello, which it has ready as one record. */
    private interface Sending {
        void send(byte[] record, OutputStream out) throws IOException;
    }

    @Test
    void helloWhenSplitOverTwoRecordsAtAnyByteIsServedAsTheWholeOne() throws IOException {
        int length = shopHello().length;
        for (int split = 1; split < length - 5; split++) {
            int at = 5 + split;
            assertServesShopOverHttp2(
                    (hello, out) ->
                            out.write(concat(record(hello, 5, at), record(hello, at, length))));
        }
    }

    @Test
    void helloWhenSplitOverTwoSegmentsAtAnyByteIsServedAsTheWholeOne() throws IOException {
        for (int split = 1; split < shopHello().length; split++) {
            int at = split;
            assertServesShopOverHttp2(
                    (hello, out) -> {
                        out.write(hello, 0, at);
                        out.flush();
                        out.write(hello, at, hello.length - at);
                    });
        }
    }

    @Test
    void helloWhenEveryByteIsARecordIsServedAsTheWholeOne() throws IOException {
        assertServesShopOverHttp2(
                (hello, out) -> {
                    for (int i = 5; i < hello.length; i++) {
                        out.write(record(hello, i, i + 1));
                    }
                });
    }

    @Test
    void connectionWhenFirstBytesAreNoHelloIsClosedWithAlertAndNothingLogged(CapturedOutput output)
            throws IOException {
        byte[] tooLong = HexFormat.of().parseHex("160301ffff");
        byte[] letters = "a".repeat(70_000).getBytes(StandardCharsets.US_ASCII);
        double before = failedHandshakes();
        int logged = output.length();

        assertThat(answer(concat(tooLong, letters))).startsWith(ALERT).endsWith(22);
        assertThat(answer(letters)).startsWith(ALERT).endsWith(10);
        assertThat(answer(HexFormat.of().parseHex("802e010301001500000010"))).startsWith(ALERT);

        await().untilAsserted(
                        () -> assertThat(failedHandshakes()).isGreaterThanOrEqualTo(before + 3));
        assertThat(output.toString().substring(logged)).doesNotContain("ERROR", "WARN");
    }

    @Test
    void helloWhenNoProtocolOfAlpnIsKnownGetsNoApplicationProtocol() throws IOException {
        for (String protocol : List.of("foo", "acme-tls/1", "http/1.0")) {
            byte[] hello = hello(parameters -> setAlpn(parameters, protocol));
            assertThat(answer(hello)).as(protocol).startsWith(ALERT).endsWith(120).hasSize(7);
        }
        try (SSLSocket socket =
                TlsClient.connect(port(), parameters -> setAlpn(parameters, "foo", "http/1.1"))) {
            assertThat(socket.getApplicationProtocol()).isEqualTo("http/1.1");
        }
        TlsClient.connect(port(), _ -> {}).close();
    }

    private static void setAlpn(SSLParameters parameters, String... protocols) {
        parameters.setApplicationProtocols(protocols);
    }

    @Test
    void helloWhenTls12IsToSignWithSha1GetsHandshakeFailure() throws IOException {
        byte[] hello = hello(parameters -> parameters.setProtocols(new String[] {"TLSv1.2"}));
        assertThat(answer(signedWithSha1(hello))).startsWith(ALERT).endsWith(40).hasSize(7);
    }

    /** The same hello with SHA-1 in the place of each of its signature algorithms. */
    private static byte[] signedWithSha1(byte[] hello) {
        byte[] patched = hello.clone();
        ByteBuffer bytes = ByteBuffer.wrap(patched);
        for (int i = 5; i < patched.length - 6; i++) {
            int length = bytes.getChar(i + 2);
            boolean found =
                    bytes.getChar(i) == 13
                            && length == bytes.getChar(i + 4) + 2
                            && i + 4 + length <= patched.length;
            for (int at = i + 6; found && at < i + 4 + length; at += 2) {
                bytes.putChar(at, (char) ((at & 2) == 0 ? 0x0201 : 0x0203));
            }
        }
        return patched;
    }

    @Test
    void connectionsWhenHellosAreBrokenLeakNoPermitAndLogNothing(CapturedOutput output)
            throws IOException {
        int logged = output.length();
        byte[] hello = shopHello();
        Random random = new Random(7);
        for (int i = 0; i < BROKEN_HELLOS; i++) {
            answer(broken(hello.clone(), random));
        }

        await().untilAsserted(() -> assertThat(connections()).isLessThanOrEqualTo(2));
        assertServesShopOverHttp2((whole, out) -> out.write(whole));
        assertThat(output.toString().substring(logged)).doesNotContain("ERROR", "WARN");
    }

    private static byte[] broken(byte[] hello, Random random) {
        for (int flips = random.nextInt(6); flips >= 0; flips--) {
            hello[random.nextInt(hello.length)] = (byte) random.nextInt();
        }
        int length = random.nextInt(4) == 0 ? random.nextInt(hello.length) : hello.length;
        if (random.nextInt(4) == 0 && length > 6) {
            int split = 5 + random.nextInt(length - 5);
            return concat(record(hello, 5, split), record(hello, split, length));
        }
        return Arrays.copyOf(hello, length);
    }

    /** All that the server sends after that, until it closes its half. */
    private static byte[] answer(byte[] sent) throws IOException {
        try (Socket socket = RawHttp.connect(port())) {
            socket.getOutputStream().write(sent);
            socket.shutdownOutput();
            return socket.getInputStream().readAllBytes();
        } catch (SocketException _) {
            return new byte[0]; // closed while it was still being sent to
        }
    }

    private double failedHandshakes() {
        return fixture()
                .gatehouse()
                .bean(MeterRegistry.class)
                .get("gatehouse.connector.connections.handshake.failed")
                .tag("connector", "https")
                .functionCounter()
                .count();
    }

    private double connections() {
        return fixture()
                .gatehouse()
                .bean(MeterRegistry.class)
                .get("gatehouse.connector.connections")
                .tag("connector", "https")
                .gauge()
                .value();
    }

    private void assertServesShopOverHttp2(Sending sending) throws IOException {
        try (SSLSocket socket = shopClient(new FirstRecordSocket(port(), sending))) {
            socket.startHandshake();

            assertThat(socket.getSession().getPeerCertificates()[0])
                    .isEqualTo(fixture().shop().certificate());
            assertThat(socket.getApplicationProtocol()).as(engine).isEqualTo("h2");
        }
    }

    private static SSLSocket shopClient(Socket socket) throws IOException {
        SSLSocket client =
                (SSLSocket)
                        RawHttp.trustingAll()
                                .createSocket(socket, "127.0.0.1", socket.getPort(), true);
        SSLParameters parameters = client.getSSLParameters();
        askForShop(parameters);
        client.setSSLParameters(parameters);
        return client;
    }

    private static byte[] shopHello() throws IOException {
        return hello(ClientHelloTests::askForShop);
    }

    private static void askForShop(SSLParameters parameters) {
        parameters.setServerNames(List.of(new SNIHostName("shop.test")));
        parameters.setApplicationProtocols(new String[] {"h2", "http/1.1"});
    }

    /** The hello that a client of these parameters sends, as one record. */
    private static byte[] hello(Consumer<SSLParameters> adjust) throws IOException {
        SSLEngine client = RawHttp.contextTrustingAll().createSSLEngine();
        client.setUseClientMode(true);
        SSLParameters parameters = client.getSSLParameters();
        adjust.accept(parameters);
        client.setSSLParameters(parameters);
        ByteBuffer record = ByteBuffer.allocate(1 << 15);
        client.wrap(ByteBuffer.allocate(0), record);
        return Arrays.copyOf(record.array(), record.position());
    }

    private static byte[] record(byte[] hello, int from, int to) {
        return ByteBuffer.allocate(5 + to - from)
                .put(hello, 0, 3)
                .putChar((char) (to - from))
                .put(hello, from, to - from)
                .array();
    }

    private static byte[] concat(byte[] first, byte[] second) {
        return ByteBuffer.allocate(first.length + second.length).put(first).put(second).array();
    }

    /** A socket that sends its first record as it is told. */
    private static final class FirstRecordSocket extends Socket {

        private final Sending sending;
        private boolean sent;

        FirstRecordSocket(int port, Sending sending) throws IOException {
            super(InetAddress.getLoopbackAddress(), port);
            this.sending = sending;
            setTcpNoDelay(true);
            setSoTimeout(60_000);
        }

        @Override
        public OutputStream getOutputStream() throws IOException {
            OutputStream plain = super.getOutputStream();
            return new FilterOutputStream(plain) {
                @Override
                public void write(byte[] bytes, int offset, int length) throws IOException {
                    if (sent) {
                        plain.write(bytes, offset, length);
                    } else {
                        sent = true;
                        sending.send(Arrays.copyOfRange(bytes, offset, offset + length), plain);
                    }
                }
            };
        }
    }
}
