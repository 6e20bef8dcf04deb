package dev.gatehouse.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * An HTTP/2 connection over TLS whose frames are written by hand: what is sent is what stands
 * there.
 */
public final class Http2Frames implements Closeable {

    public static final int DATA = 0;
    public static final int HEADERS = 1;
    public static final int RST_STREAM = 3;
    public static final int SETTINGS = 4;
    public static final int PING = 6;
    public static final int GOAWAY = 7;
    public static final int CONTINUATION = 9;
    public static final int END_STREAM = 1;
    public static final int ACK = 1;
    public static final int END_HEADERS = 4;

    /**
     * {@code GET https://localhost/ping} in HPACK: three of the static table, one literal, one
     * indexed name.
     */
    private static final byte[] GET_PING = hpack("/ping");

    private static final byte[] GET_PAGE = hpack("/");

    private static final int FIRST_STATUS = 8;
    private static final int[] STATIC_STATUSES = {200, 204, 206, 304, 400, 404, 500};

    private final SSLSocket socket;
    private final OutputStream out;
    private final DataInputStream in;

    private static final byte[] NOTHING_TAKEN = {0, 4, 0, 0, 0, 0};

    public Http2Frames(int port) throws IOException {
        this(RawHttp.connect(port), new byte[0], List.of());
    }

    /** Over a connection whose ClientHello names that server. */
    public static Http2Frames withServerName(int port, String serverName) throws IOException {
        return new Http2Frames(
                RawHttp.connect(port), new byte[0], List.of(new SNIHostName(serverName)));
    }

    /** Over a connection that has sent those bytes before TLS begins. */
    public static Http2Frames after(int port, String bytes) throws IOException {
        Socket socket = RawHttp.connect(port);
        socket.getOutputStream().write(bytes.getBytes(ISO_8859_1));
        return new Http2Frames(socket, new byte[0], List.of());
    }

    /** That takes no byte of any answer. */
    public static Http2Frames stalled(int port) throws IOException {
        return new Http2Frames(RawHttp.connect(port), NOTHING_TAKEN, List.of());
    }

    private Http2Frames(Socket plain, byte[] settings, List<SNIServerName> serverNames)
            throws IOException {
        socket =
                (SSLSocket)
                        RawHttp.trustingAll()
                                .createSocket(plain, "localhost", plain.getPort(), true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {"h2"});
        parameters.setServerNames(serverNames);
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        out = socket.getOutputStream();
        in = new DataInputStream(socket.getInputStream());
        out.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(US_ASCII));
        send(SETTINGS, 0, 0, settings);
    }

    private static byte[] hpack(String path) {
        return hpack("localhost", path);
    }

    private static byte[] hpack(String authority, String path) {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        block.write(0x82); // :method GET
        block.write(0x87); // :scheme https
        literal(block, 4, path); // :path
        literal(block, 1, authority); // :authority
        return block.toByteArray();
    }

    /** Sends a GET with these headers, each name before its value, and no others. */
    public void request(int stream, List<String> headers) throws IOException {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        block.write(0x82); // :method GET
        for (int i = 0; i < headers.size(); i += 2) {
            block.write(0); // a literal with a name of its own
            block.write(headers.get(i).length());
            block.writeBytes(headers.get(i).getBytes(ISO_8859_1));
            block.write(headers.get(i + 1).length());
            block.writeBytes(headers.get(i + 1).getBytes(ISO_8859_1));
        }
        send(HEADERS, END_STREAM | END_HEADERS, stream, block.toByteArray());
    }

    /** Reads up to the reset of that stream, or to the GOAWAY. */
    public void readRefusal(int stream) throws IOException {
        while (true) {
            int length = (in.readUnsignedByte() << 16) | in.readUnsignedShort();
            int type = in.readUnsignedByte();
            in.readUnsignedByte();
            boolean isStreams = in.readInt() == stream;
            in.readNBytes(length);
            if (type == GOAWAY || (isStreams && (type == RST_STREAM || type == HEADERS))) {
                return;
            }
        }
    }

    private static void literal(ByteArrayOutputStream block, int nameIndex, String value) {
        block.write(nameIndex);
        block.write(value.length());
        block.writeBytes(value.getBytes(ISO_8859_1));
    }

    public void send(int type, int flags, int stream, byte[] payload) throws IOException {
        ByteBuffer frame = ByteBuffer.allocate(9 + payload.length);
        frame.put((byte) (payload.length >> 16)).putShort((short) payload.length);
        frame.put((byte) type).put((byte) flags).putInt(stream).put(payload);
        out.write(frame.array());
    }

    public void get(int stream) throws IOException {
        send(HEADERS, END_STREAM | END_HEADERS, stream, GET_PING);
    }

    /** Sends a GET whose {@code :path} is exactly that text. */
    public void get(int stream, String path) throws IOException {
        send(HEADERS, END_STREAM | END_HEADERS, stream, hpack(path));
    }

    /** Sends a GET with that {@code :authority}. */
    public void get(int stream, String authority, String path) throws IOException {
        send(HEADERS, END_STREAM | END_HEADERS, stream, hpack(authority, path));
    }

    /** Asks for a page, and not for an answer that fits in a header. */
    public void getPage(int stream) throws IOException {
        send(HEADERS, END_STREAM | END_HEADERS, stream, GET_PAGE);
    }

    /** A request whose header block goes on for ever. */
    public void beginHeaders(int stream) throws IOException {
        send(HEADERS, END_STREAM, stream, GET_PING);
    }

    /**
     * Reads frames until the server says GOAWAY or closes; the error code, or -1 if it only closed.
     */
    public int readToGoAway() throws IOException {
        try {
            while (true) {
                int length = (in.readUnsignedByte() << 16) | in.readUnsignedShort();
                int type = in.readUnsignedByte();
                in.readUnsignedByte();
                in.readInt();
                byte[] payload = in.readNBytes(length);
                if (type == GOAWAY) {
                    return ByteBuffer.wrap(payload, 4, 4).getInt();
                }
            }
        } catch (EOFException | SSLException | SocketException _) {
            return -1;
        }
    }

    /**
     * Reads up to the header block of that stream's response; its status, where it is one that
     * HPACK's static table holds (RFC 7541, Appendix A), or minus the error code of a reset.
     */
    public int readStatus(int stream) throws IOException {
        while (true) {
            int length = (in.readUnsignedByte() << 16) | in.readUnsignedShort();
            int type = in.readUnsignedByte();
            in.readUnsignedByte();
            boolean isStreams = in.readInt() == stream;
            byte[] payload = in.readNBytes(length);
            if (isStreams && type == RST_STREAM) {
                return -ByteBuffer.wrap(payload).getInt();
            }
            if (isStreams && type == HEADERS) {
                return STATIC_STATUSES[(payload[tableSizeEnd(payload)] & 0x7f) - FIRST_STATUS];
            }
        }
    }

    /** Where the update of the table's size ends that may begin a block (RFC 7541, 6.3). */
    private static int tableSizeEnd(byte[] block) {
        if ((block[0] & 0xe0) != 0x20) {
            return 0;
        }
        int end = 1;
        if ((block[0] & 0x1f) == 0x1f) {
            while ((block[end] & 0x80) != 0) {
                end++;
            }
            end++;
        }
        return end;
    }

    /** Reads until so many streams have ended. */
    public void readEnds(int streams) throws IOException {
        int left = streams;
        while (left > 0) {
            int length = (in.readUnsignedByte() << 16) | in.readUnsignedShort();
            in.readUnsignedByte();
            boolean ends = (in.readUnsignedByte() & END_STREAM) != 0;
            int stream = in.readInt();
            in.readNBytes(length);
            if (ends && stream != 0) {
                left--;
            }
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
