package dev.gatehouse.connector;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.gatehouse.testing.RawHttp;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * A client of HTTP/2 with a large window and a small buffer: what it has not read waits in the
 * server's kernel. It says what it has read, as all clients do.
 */
final class Http2Download implements AutoCloseable {

    static final int DATA = 0;
    static final int SETTINGS = 4;
    static final int GOAWAY = 7;

    private static final int HEADERS = 1;
    private static final int WINDOW_UPDATE = 8;
    private static final int END_STREAM = 1;
    private static final int END_HEADERS = 4;
    private static final int BUFFER = 16_384;
    private static final int WINDOW = 16_000_000;

    private final SSLSocket socket;
    private final OutputStream out;
    private final DataInputStream in;

    Http2Download(int port) throws IOException {
        Socket plain = new Socket();
        plain.setReceiveBufferSize(BUFFER);
        plain.setSoTimeout(60_000);
        plain.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        socket = (SSLSocket) RawHttp.trustingAll().createSocket(plain, "localhost", port, true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {"h2"});
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        out = socket.getOutputStream();
        in = new DataInputStream(socket.getInputStream());
        out.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(US_ASCII));
        byte[] initialWindow = ByteBuffer.allocate(6).putShort((short) 4).putInt(WINDOW).array();
        send(SETTINGS, 0, 0, initialWindow);
        allow(WINDOW);
    }

    void get(String path) throws IOException {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        block.write(0x82); // :method GET
        block.write(0x87); // :scheme https
        literal(block, 4, path);
        literal(block, 1, "localhost"); // :authority
        send(HEADERS, END_STREAM | END_HEADERS, 1, block.toByteArray());
    }

    private static void literal(ByteArrayOutputStream block, int nameIndex, String value) {
        block.write(nameIndex);
        block.write(value.length());
        block.writeBytes(value.getBytes(US_ASCII));
    }

    private void send(int type, int flags, int stream, byte[] payload) throws IOException {
        ByteBuffer frame = ByteBuffer.allocate(9 + payload.length);
        frame.put((byte) 0).putShort((short) payload.length);
        frame.put((byte) type).put((byte) flags).putInt(stream).put(payload);
        out.write(frame.array());
    }

    /** Reads up to a frame of that type; the bytes of content that came. */
    long readTo(int type) throws IOException {
        long content = 0;
        Frame frame;
        do {
            frame = read();
            content += frame.content();
        } while (frame.type != type);
        return content;
    }

    /** Reads to the stream's end, and tells of each part; the bytes of content that came. */
    long readToEnd() throws IOException {
        long content = 0;
        Frame frame;
        do {
            frame = read();
            if (frame.content() > 0) {
                content += frame.content();
                allow(frame.content());
            }
        } while (frame.type != DATA || !frame.endsStream);
        return content;
    }

    private void allow(int more) throws IOException {
        send(WINDOW_UPDATE, 0, 0, ByteBuffer.allocate(4).putInt(more).array());
    }

    private Frame read() throws IOException {
        int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
        int type = in.readUnsignedByte();
        boolean endsStream = (in.readUnsignedByte() & END_STREAM) != 0;
        in.readInt();
        in.readFully(new byte[length]);
        return new Frame(type, endsStream, length);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private record Frame(int type, boolean endsStream, int length) {

        int content() {
            return type == DATA ? length : 0;
        }
    }
}
